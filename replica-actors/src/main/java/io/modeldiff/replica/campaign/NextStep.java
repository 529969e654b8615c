package io.modeldiff.replica.campaign;

import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.CampaignCompleted;
import io.modeldiff.core.campaign.CampaignEvent.LadderFrozen;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.Schedule;
import io.modeldiff.core.campaign.StopReason;
import io.modeldiff.replica.ladder.Ladder;
import io.modeldiff.replica.schedule.Bias;
import io.modeldiff.replica.worker.Schedules;
import java.time.Instant;

/** What a campaign does next; decided from its stored state alone. */
sealed interface NextStep {
  /** Something is decided and only has to be stored. */
  record Decide(CampaignEvent event) implements NextStep {}

  /** Run round {@link Course#nextRound}. */
  record RunRound() implements NextStep {}

  /** Nothing: paused, failed, cancelled, completed or not started. */
  record Rest() implements NextStep {}

  /** The next step of a state; {@code at} is the time that decided events carry. */
  static NextStep of(CampaignState state, Instant at) {
    if (!state.running()) {
      return new Rest();
    }
    CampaignSpec spec = state.spec();
    Course course = state.course();
    if (course.schedule() == null) {
      return new Decide(givenLadder(spec, course, at));
    }
    if (course.totalPositions() >= spec.positionsBudget()) {
      return new Decide(new CampaignCompleted(StopReason.BUDGET, course.nextRound() - 1, at));
    }
    return new RunRound();
  }

  /** A ladder that the user gave is final from the first round. */
  private static LadderFrozen givenLadder(CampaignSpec spec, Course course, Instant at) {
    var plain = io.modeldiff.replica.schedule.Schedule.of(new Ladder(spec.ladder()));
    Double floor = spec.floor();
    Schedule schedule =
        Schedules.toEvent(floor == null ? plain : plain.withBias(Bias.floor(floor)));
    long burnIn = course.totalPositions() + burnInPositions(spec, course);
    return new LadderFrozen(course.nextRound(), course.ladder(), schedule, burnIn, at);
  }

  /** Burn-in is a share of what is left of the budget. */
  private static long burnInPositions(CampaignSpec spec, Course course) {
    long left = Math.max(0, spec.positionsBudget() - course.totalPositions());
    return Math.round(spec.burnIn() * left);
  }
}
