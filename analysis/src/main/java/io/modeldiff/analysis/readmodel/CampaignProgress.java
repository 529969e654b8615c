package io.modeldiff.analysis.readmodel;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.modeldiff.analysis.projection.Recorded;
import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.RoundPhase;
import io.modeldiff.core.campaign.Schedule;
import io.modeldiff.core.campaign.StopReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a campaign is.
 *
 * @param campaign its id
 * @param spec what it computes; null only before its first event
 * @param status what it does
 * @param phase of the last closed round; null before the first
 * @param rounds closed rounds
 * @param samplingRounds those that count
 * @param ladder version of the ladder
 * @param schedule that ladder; null before it is known
 * @param positions token positions evaluated, the pilot's included
 * @param evaluations budget in full-sequence-equivalent forward passes, as last extended
 * @param stoppedBy why it is complete, or null
 * @param sentence why it failed, or null
 * @param startedAt when it was started
 * @param lastRoundAt when the last round was closed, or null
 */
public record CampaignProgress(
    String campaign,
    @Nullable CampaignSpec spec,
    Status status,
    @Nullable RoundPhase phase,
    long rounds,
    long samplingRounds,
    int ladder,
    @Nullable Schedule schedule,
    long positions,
    long evaluations,
    @Nullable StopReason stoppedBy,
    @Nullable String sentence,
    @Nullable Instant startedAt,
    @Nullable Instant lastRoundAt) {

  /** What a campaign does. */
  public enum Status {
    RUNNING,
    PAUSED,
    CANCELLED,
    FAILED,
    COMPLETED
  }

  static CampaignProgress none(String campaign) {
    return new CampaignProgress(
        campaign, null, Status.RUNNING, null, 0, 0, 0, null, 0, 0, null, null, null, null);
  }

  /** Full-sequence-equivalent forward passes done; 0 before the first event. */
  @JsonIgnore
  public double evaluated() {
    return spec == null ? 0 : positions / (double) spec.space().length();
  }

  static CampaignProgress after(CampaignProgress p, Recorded<CampaignEvent> recorded) {
    CampaignEvent event = recorded.event();
    Draft d = new Draft(p);
    if (event instanceof CampaignEvent.CampaignStarted started) {
      d.spec = started.spec();
      d.evaluations = started.spec().evaluations();
      d.startedAt = started.cause().at();
    } else if (event instanceof CampaignEvent.PilotCompleted pilot) {
      d.schedule = pilot.schedule();
      d.positions = Math.max(d.positions, pilot.positions());
    } else if (event instanceof CampaignEvent.LadderAdapted adapted) {
      d.ladder = adapted.ladder();
      d.schedule = adapted.schedule();
    } else if (event instanceof CampaignEvent.LadderFrozen frozen) {
      d.ladder = frozen.ladder();
      d.schedule = frozen.schedule();
    } else if (event instanceof CampaignEvent.RoundClosed closed) {
      d.phase = closed.phase();
      d.rounds++;
      d.samplingRounds += closed.phase() == RoundPhase.SAMPLING ? 1 : 0;
      d.positions = closed.totalPositions();
      d.lastRoundAt = closed.at();
    } else if (event instanceof CampaignEvent.SmcReplicateClosed smc) {
      d.positions = smc.totalPositions();
    } else {
      changeStatus(d, event);
    }
    return d.done();
  }

  private static void changeStatus(Draft d, CampaignEvent event) {
    if (event instanceof CampaignEvent.CampaignPaused) {
      d.status = Status.PAUSED;
    } else if (event instanceof CampaignEvent.CampaignResumed) {
      d.status = Status.RUNNING;
      d.sentence = null;
    } else if (event instanceof CampaignEvent.CampaignExtended extended) {
      d.status = Status.RUNNING;
      d.evaluations = extended.evaluations();
      d.stoppedBy = null;
    } else if (event instanceof CampaignEvent.CampaignCancelled) {
      d.status = Status.CANCELLED;
    } else if (event instanceof CampaignEvent.CampaignFailed failed) {
      d.status = Status.FAILED;
      d.sentence = failed.sentence();
    } else if (event instanceof CampaignEvent.CampaignCompleted completed) {
      d.status = Status.COMPLETED;
      d.stoppedBy = completed.stoppedBy();
    }
  }

  /** The next record's fields while they are being set. */
  private static final class Draft {
    private final String campaign;
    private @Nullable CampaignSpec spec;
    private Status status;
    private @Nullable RoundPhase phase;
    private long rounds;
    private long samplingRounds;
    private int ladder;
    private @Nullable Schedule schedule;
    private long positions;
    private long evaluations;
    private @Nullable StopReason stoppedBy;
    private @Nullable String sentence;
    private @Nullable Instant startedAt;
    private @Nullable Instant lastRoundAt;

    Draft(CampaignProgress p) {
      campaign = p.campaign;
      spec = p.spec;
      status = p.status;
      phase = p.phase;
      rounds = p.rounds;
      samplingRounds = p.samplingRounds;
      ladder = p.ladder;
      schedule = p.schedule;
      positions = p.positions;
      evaluations = p.evaluations;
      stoppedBy = p.stoppedBy;
      sentence = p.sentence;
      startedAt = p.startedAt;
      lastRoundAt = p.lastRoundAt;
    }

    CampaignProgress done() {
      return new CampaignProgress(
          campaign,
          spec,
          status,
          phase,
          rounds,
          samplingRounds,
          ladder,
          schedule,
          positions,
          evaluations,
          stoppedBy,
          sentence,
          startedAt,
          lastRoundAt);
    }
  }
}
