package io.modeldiff.replica.campaign;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.campaign.RoundPhase;
import io.modeldiff.core.campaign.Schedule;
import io.modeldiff.core.campaign.StopReason;
import io.modeldiff.core.serialization.CborSerializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A campaign as others see it, published after every round.
 *
 * @param queuePosition place in the queue, 0 when it is not waiting
 * @param phase of the next round, null while the pilot runs
 * @param round number of closed rounds
 * @param samplingFrom first round that counts, −1 while there is none
 * @param replicatesDone SMC replicates closed
 * @param firstKept index of the first SMC replicate that counts as an estimate; those from it to
 *     {@code replicatesDone} do
 * @param schedule ladder in force, null before the first
 * @param ladder its version
 * @param positions token positions evaluated so far
 * @param swapRejection [pair] mean rejection on the ladder in force; 0 for pairs not tried yet
 * @param waiting a sentence while it waits for something (workers, the store), else null
 */
public record CampaignView(
    String campaign,
    CampaignSpec spec,
    Cause started,
    @Nullable String clonedFrom,
    CampaignStatus status,
    int queuePosition,
    @Nullable RoundPhase phase,
    long round,
    long samplingFrom,
    int replicatesDone,
    int firstKept,
    @Nullable Schedule schedule,
    int ladder,
    long positions,
    double[] swapRejection,
    @Nullable StopReason stoppedBy,
    long throughRound,
    @Nullable String failure,
    @Nullable String waiting,
    Speed speed)
    implements CborSerializable {

  /**
   * How fast it goes at present, measured where the coordinator runs.
   *
   * @param evaluationsPerSecond over about the last 20 s, 0 when it stands still
   * @param roundsPerSecond the same
   * @param etaSeconds until the budget is used up, NaN when unknown
   * @param modelShare share of the rounds' wall time that the busiest worker spent in model calls
   * @param swapNanos mean time to decide swaps, per round
   * @param persistNanos mean time from computed to stored, per replica and round
   * @param workers addresses of the nodes that answered the last round, distinct
   */
  public record Speed(
      double evaluationsPerSecond,
      double roundsPerSecond,
      double etaSeconds,
      double modelShare,
      double swapNanos,
      double persistNanos,
      List<String> workers)
      implements CborSerializable {}

  /** Full-sequence-equivalent forward passes so far. */
  @JsonIgnore
  public double evaluations() {
    return (double) positions / spec.space().length();
  }

  /** Share of the budget used, 0..1. */
  @JsonIgnore
  public double fraction() {
    return Math.min(1, evaluations() / spec.evaluations());
  }
}
