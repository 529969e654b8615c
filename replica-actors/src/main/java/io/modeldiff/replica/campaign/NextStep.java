package io.modeldiff.replica.campaign;

import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.CampaignCompleted;
import io.modeldiff.core.campaign.CampaignEvent.LadderAdapted;
import io.modeldiff.core.campaign.CampaignEvent.LadderFrozen;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.Schedule;
import io.modeldiff.core.campaign.StopReason;
import io.modeldiff.replica.worker.SmcProtocol.Assignment;
import io.modeldiff.replica.worker.SmcProtocol.ReplicateDone;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a campaign does next; decided from its stored state and its replicates' answers alone. */
sealed interface NextStep {
  /** Something is decided and only has to be stored. */
  record Decide(List<CampaignEvent> events) implements NextStep {}

  /** Run round {@link Course#nextRound}. */
  record RunRound() implements NextStep {}

  /** Run SMC replicates, or ask again what they found. */
  record RunReplicates(List<Assignment> assignments) implements NextStep {}

  /** Nothing: paused, failed, cancelled, completed or not started. */
  record Rest() implements NextStep {}

  /** Share of the budget after which counted rounds without any state in Z are given up. */
  double BARREN = 0.25;

  /**
   * The next step of a state.
   *
   * @param answers of SMC replicates, by index
   * @param at the time that decided events carry
   */
  static NextStep of(CampaignState state, Map<Integer, ReplicateDone> answers, Instant at) {
    if (!state.running()) {
      return new Rest();
    }
    CampaignSpec spec = state.spec();
    Course course = state.course();
    if (course.schedule() == null) {
      return spec.automaticLadder()
          ? Replicates.pilot(spec, course, answers, at)
          : freeze(spec, course, Replicates.schedule(spec, spec.ladder()), at);
    }
    if (spec.method().byReplicates()) {
      return estimate(spec, course, at);
    }
    if (!course.frozen() && (course.tuning() == null || course.tuning().phaseDone())) {
      return adapt(spec, course, at);
    }
    if (course.totalPositions() >= spec.positionsBudget()) {
      return complete(course, StopReason.BUDGET, at);
    }
    if (course.barren() > BARREN * spec.positionsBudget()) {
      return complete(course, StopReason.NO_PROGRESS, at);
    }
    return new RunRound();
  }

  private static NextStep estimate(CampaignSpec spec, Course course, Instant at) {
    List<Assignment> more = Replicates.estimates(spec, course);
    return more.isEmpty() ? complete(course, StopReason.BUDGET, at) : new RunReplicates(more);
  }

  private static NextStep complete(Course course, StopReason why, Instant at) {
    return new Decide(List.of(new CampaignCompleted(why, course.nextRound() - 1, at)));
  }

  private static NextStep adapt(CampaignSpec spec, Course course, Instant at) {
    Tuning tuning = course.tuning();
    if (tuning == null) {
      return freeze(spec, course, course.placed(), at);
    }
    Schedule improved = tuning.improved(course.placed());
    return tuning.lastPhase()
        ? freeze(spec, course, improved, at)
        : new Decide(
            List.of(
                new LadderAdapted(
                    course.nextRound(),
                    course.ladder() + 1,
                    improved,
                    tuning.adaptation().rejectionRates(),
                    tuning.adaptation().barrier(),
                    at)));
  }

  /** From here on the ladder is final; burn-in is a share of what is left of the budget. */
  private static NextStep freeze(CampaignSpec spec, Course course, Schedule schedule, Instant at) {
    long left = Math.max(0, spec.positionsBudget() - course.totalPositions());
    long burnIn = course.totalPositions() + Math.round(spec.burnIn() * left);
    int version = course.schedule() == null ? 0 : course.ladder() + 1;
    return new Decide(List.of(new LadderFrozen(course.nextRound(), version, schedule, burnIn, at)));
  }
}
