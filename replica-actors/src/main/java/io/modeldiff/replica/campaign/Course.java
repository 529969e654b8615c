package io.modeldiff.replica.campaign;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.modeldiff.core.campaign.CampaignEvent.LadderAdapted;
import io.modeldiff.core.campaign.CampaignEvent.LadderFrozen;
import io.modeldiff.core.campaign.CampaignEvent.PilotCompleted;
import io.modeldiff.core.campaign.CampaignEvent.RoundClosed;
import io.modeldiff.core.campaign.CampaignEvent.SmcReplicateClosed;
import io.modeldiff.core.campaign.RoundPhase;
import io.modeldiff.core.campaign.Schedule;
import io.modeldiff.core.serialization.CborSerializable;
import io.modeldiff.replica.swap.SwapPhase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a campaign has come.
 *
 * @param replicates SMC replicates closed so far, in order
 * @param schedule the ladder in force, null before the first
 * @param ladder its version
 * @param ladderFrom first round on it
 * @param frozen whether it is final
 * @param burnInUntil total positions before which rounds of the frozen ladder do not count
 * @param samplingFrom first round that counts, −1 while there is none
 * @param nextRound the round to run next
 * @param rungs [replica][lane] where each lane runs in it
 * @param totalPositions token positions evaluated so far
 * @param attempted [pair] swaps tried on the ladder in force
 * @param rejection [pair] their summed rejection probabilities
 */
public record Course(
    List<Replicate> replicates,
    @Nullable Schedule schedule,
    int ladder,
    long ladderFrom,
    boolean frozen,
    long burnInUntil,
    long samplingFrom,
    long nextRound,
    int[][] rungs,
    long totalPositions,
    long[] attempted,
    double[] rejection)
    implements CborSerializable {
  static final Course START =
      new Course(
          List.of(), null, 0, 0, false, 0, -1, 0, new int[0][], 0, new long[0], new double[0]);

  /** One closed SMC replicate: log of the unbiased estimate of Z(β). */
  public record Replicate(int replicate, double beta, double logZ) implements CborSerializable {}

  /** The ladder in force. */
  @JsonIgnore
  Schedule placed() {
    if (schedule == null) {
      throw new IllegalStateException("there is no ladder yet");
    }
    return schedule;
  }

  /** Number of replicas on the ladder in force. */
  @JsonIgnore
  int replicas() {
    return schedule == null ? 0 : schedule.betas().length;
  }

  /** Whether the chains of the next round start anew. */
  @JsonIgnore
  boolean fresh() {
    return nextRound == ladderFrom;
  }

  /** The phase of the next round. */
  @JsonIgnore
  RoundPhase phase() {
    if (!frozen) {
      return RoundPhase.ADAPTATION;
    }
    return totalPositions < burnInUntil ? RoundPhase.BURN_IN : RoundPhase.SAMPLING;
  }

  Course replicateClosed(SmcReplicateClosed e) {
    List<Replicate> all = new ArrayList<>(replicates);
    all.add(new Replicate(e.replicate(), e.beta(), e.logZ()));
    return new Course(
        List.copyOf(all),
        schedule,
        ladder,
        ladderFrom,
        frozen,
        burnInUntil,
        samplingFrom,
        nextRound,
        rungs,
        e.totalPositions(),
        attempted,
        rejection);
  }

  Course piloted(PilotCompleted e) {
    return new Course(
        replicates,
        e.schedule(),
        ladder,
        nextRound,
        false,
        0,
        -1,
        nextRound,
        rungs,
        totalPositions,
        attempted,
        rejection);
  }

  Course adapted(LadderAdapted e, int lanes) {
    return onLadder(e.schedule(), e.ladder(), e.fromRound(), false, 0, lanes);
  }

  Course frozen(LadderFrozen e, int lanes) {
    return onLadder(e.schedule(), e.ladder(), e.fromRound(), true, e.burnInUntil(), lanes);
  }

  private Course onLadder(
      Schedule next, int version, long from, boolean isFinal, long burnIn, int lanes) {
    int replicas = next.betas().length;
    int pairs = Math.max(0, replicas - 1);
    return new Course(
        replicates,
        next,
        version,
        from,
        isFinal,
        burnIn,
        -1,
        from,
        SwapPhase.initialRungs(replicas, lanes),
        totalPositions,
        new long[pairs],
        new double[pairs]);
  }

  Course roundClosed(RoundClosed e) {
    long[] tried = attempted.clone();
    double[] rejected = rejection.clone();
    for (int p = 0; p < tried.length; p++) {
      tried[p] += e.swaps().attempted()[p];
      rejected[p] += e.swaps().rejection()[p];
    }
    long from = samplingFrom < 0 && e.phase() == RoundPhase.SAMPLING ? e.round() : samplingFrom;
    return new Course(
        replicates,
        schedule,
        ladder,
        ladderFrom,
        frozen,
        burnInUntil,
        from,
        e.round() + 1,
        e.rungs(),
        e.totalPositions(),
        tried,
        rejected);
  }
}
