package io.modeldiff.core.campaign;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.modeldiff.core.serialization.CborSerializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happened to a campaign, in the order in which its coordinator stored it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = CampaignEvent.CampaignStarted.class, name = "campaign-started"),
  @JsonSubTypes.Type(value = CampaignEvent.PilotCompleted.class, name = "pilot-completed"),
  @JsonSubTypes.Type(value = CampaignEvent.LadderAdapted.class, name = "ladder-adapted"),
  @JsonSubTypes.Type(value = CampaignEvent.LadderFrozen.class, name = "ladder-frozen"),
  @JsonSubTypes.Type(value = CampaignEvent.RoundClosed.class, name = "round-closed"),
  @JsonSubTypes.Type(value = CampaignEvent.SmcReplicateClosed.class, name = "smc-replicate-closed"),
  @JsonSubTypes.Type(value = CampaignEvent.CampaignPaused.class, name = "campaign-paused"),
  @JsonSubTypes.Type(value = CampaignEvent.CampaignResumed.class, name = "campaign-resumed"),
  @JsonSubTypes.Type(value = CampaignEvent.CampaignExtended.class, name = "campaign-extended"),
  @JsonSubTypes.Type(value = CampaignEvent.CampaignCancelled.class, name = "campaign-cancelled"),
  @JsonSubTypes.Type(value = CampaignEvent.CampaignFailed.class, name = "campaign-failed"),
  @JsonSubTypes.Type(value = CampaignEvent.CampaignCompleted.class, name = "campaign-completed")
})
public sealed interface CampaignEvent extends CborSerializable {

  /**
   * The campaign exists.
   *
   * @param spec what is to be computed
   * @param clonedFrom the campaign whose spec was changed into this one, or null
   */
  record CampaignStarted(
      String campaign, CampaignSpec spec, @Nullable String clonedFrom, Cause cause)
      implements CampaignEvent {}

  /**
   * The pilot placed the first ladder.
   *
   * @param betaStar β at which E[z] = z₊
   * @param coldestBeta the coldest β that is of use for Z
   * @param reachable whether samples reach the upper end of Z
   * @param logCount log of the pilot's estimate of |X|, −∞ when it saw none
   * @param logCountSe its relative standard error, NaN when unknown
   * @param barrier Λ of the ladder as the pilot sees it
   * @param schedule the ladder to begin with
   * @param positions token positions the pilot evaluated
   * @param notes sentences for the user, for example that E[z] jumps or that Z was not reached
   */
  record PilotCompleted(
      double betaStar,
      double coldestBeta,
      boolean reachable,
      double logCount,
      double logCountSe,
      double barrier,
      Schedule schedule,
      long positions,
      String[] notes,
      Instant at)
      implements CampaignEvent {}

  /**
   * The ladder moved; rounds before {@code fromRound} never count.
   *
   * @param fromRound first round on the new ladder; its chains start anew
   * @param ladder version of the new ladder, 1, 2, ...; version 0 is the first one
   * @param schedule the new ladder
   * @param rejection [pair] mean swap rejection seen on the old ladder
   * @param barrier Λ̂, their sum (Syed et al. 2021)
   */
  record LadderAdapted(
      long fromRound, int ladder, Schedule schedule, double[] rejection, double barrier, Instant at)
      implements CampaignEvent {}

  /**
   * The ladder is final.
   *
   * @param fromRound first round that runs on it
   * @param ladder its version
   * @param schedule it
   * @param burnInUntil rounds that begin before this many token positions (in total, as {@link
   *     RoundClosed#totalPositions}) are burn-in; the phase of every round is stored with it
   */
  record LadderFrozen(long fromRound, int ladder, Schedule schedule, long burnInUntil, Instant at)
      implements CampaignEvent {}

  /**
   * One round of all replicas is stored and its swaps are decided.
   *
   * @param round 0, 1, 2, ... over the campaign's whole life
   * @param rungs [replica][lane] the rung at which each lane runs <em>after</em> the swaps, that
   *     is, in round + 1; where it ran in this round stands in the replica's own event
   * @param histogram states of this round by the rung at which they were sampled
   * @param energySum [rung] sum over lanes of the energies sampled at it in this round, nats
   * @param moves what the kernels did at each rung, over all replicas
   * @param positions token positions evaluated by all replicas in this round
   * @param totalPositions the same summed since the start of the campaign, pilot included
   */
  record RoundClosed(
      long round,
      RoundPhase phase,
      int[][] rungs,
      Swaps swaps,
      Histogram histogram,
      double[] energySum,
      MoveCounts[] moves,
      long positions,
      long totalPositions,
      Instant at)
      implements CampaignEvent {}

  /**
   * One SMC replicate is stored.
   *
   * @param index names its own history
   * @param replicate its number within the population that ran at this β
   * @param beta target inverse temperature
   * @param logZ log of the unbiased estimate of Z(β), nats
   * @param kept whether it counts as an estimate (method smc) or only as pilot
   */
  record SmcReplicateClosed(
      int index,
      int replicate,
      double beta,
      double logZ,
      boolean kept,
      long positions,
      long totalPositions,
      Instant at)
      implements CampaignEvent {}

  /** Asked to pause; rounds that were running are finished. */
  record CampaignPaused(Cause cause) implements CampaignEvent {}

  /** Goes on, after a pause or a failure. */
  record CampaignResumed(Cause cause) implements CampaignEvent {}

  /** More evaluations or another target; a completed campaign goes on. */
  record CampaignExtended(long evaluations, @Nullable Double targetError, Cause cause)
      implements CampaignEvent {}

  /** Given up; what was sampled stays readable. */
  record CampaignCancelled(Cause cause) implements CampaignEvent {}

  /** Cannot go on until somebody acts; the sentence says what to do. */
  record CampaignFailed(String sentence, Instant at) implements CampaignEvent {}

  /**
   * Done.
   *
   * @param throughRound last round that counts; −1 when no round did
   */
  record CampaignCompleted(StopReason stoppedBy, long throughRound, Instant at)
      implements CampaignEvent {}
}
