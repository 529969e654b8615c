package io.modeldiff.replica.campaign;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.modeldiff.core.campaign.CampaignEvent.LadderAdapted;
import io.modeldiff.core.campaign.CampaignEvent.LadderFrozen;
import io.modeldiff.core.campaign.CampaignEvent.PilotCompleted;
import io.modeldiff.core.campaign.CampaignEvent.RoundClosed;
import io.modeldiff.core.campaign.CampaignEvent.SmcReplicateClosed;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.RoundPhase;
import io.modeldiff.core.campaign.Schedule;
import io.modeldiff.core.serialization.CborSerializable;
import io.modeldiff.replica.ladder.Ladder;
import io.modeldiff.replica.swap.RungAssignment;
import io.modeldiff.replica.swap.SwapPhase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a campaign has come.
 *
 * @param replicates SMC replicates closed so far, in order
 * @param betaStar β* of the pilot, NaN before or without one
 * @param coldestBeta the coldest β of use, NaN before or without a pilot
 * @param schedule the ladder in force, null before the first
 * @param ladder its version
 * @param ladderFrom first round on it
 * @param freshFrom replicas from this one on start anew in that round
 * @param frozen whether it is final
 * @param tuning what the present phase of adaptation has gathered, null when there is none
 * @param burnInUntil total positions before which rounds of the frozen ladder do not count
 * @param samplingFrom first round that counts, −1 while there is none
 * @param nextRound the round to run next
 * @param rungs [replica][lane] where each lane runs in it
 * @param totalPositions token positions evaluated so far
 * @param attempted [pair] swaps tried on the ladder in force
 * @param rejection [pair] their summed rejection probabilities
 * @param barren token positions of counted rounds since the last state that lay in Z
 */
public record Course(
    List<Replicate> replicates,
    double betaStar,
    double coldestBeta,
    @Nullable Schedule schedule,
    int ladder,
    long ladderFrom,
    int freshFrom,
    boolean frozen,
    @Nullable Tuning tuning,
    long burnInUntil,
    long samplingFrom,
    long nextRound,
    int[][] rungs,
    long totalPositions,
    long[] attempted,
    double[] rejection,
    long barren)
    implements CborSerializable {
  static final Course START =
      new Course(
          List.of(),
          Double.NaN,
          Double.NaN,
          null,
          0,
          0,
          0,
          false,
          null,
          0,
          -1,
          0,
          new int[0][],
          0,
          new long[0],
          new double[0],
          0);

  /**
   * One closed SMC replicate.
   *
   * @param logZ log of the unbiased estimate of Z(β)
   * @param kept whether it is an estimate or only pilot
   */
  public record Replicate(int index, int replicate, double beta, double logZ, boolean kept)
      implements CborSerializable {}

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

  /** Whether the chains of a replica start anew in the next round. */
  boolean fresh(int replica) {
    return nextRound == ladderFrom && replica >= freshFrom;
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
    all.add(new Replicate(e.index(), e.replicate(), e.beta(), e.logZ(), e.kept()));
    return new Course(
        List.copyOf(all),
        betaStar,
        coldestBeta,
        schedule,
        ladder,
        ladderFrom,
        freshFrom,
        frozen,
        tuning,
        burnInUntil,
        samplingFrom,
        nextRound,
        rungs,
        e.totalPositions(),
        attempted,
        rejection,
        barren);
  }

  Course piloted(PilotCompleted e, CampaignSpec spec) {
    Course found =
        new Course(
            replicates,
            e.betaStar(),
            e.coldestBeta(),
            schedule,
            ladder,
            ladderFrom,
            freshFrom,
            frozen,
            tuning,
            burnInUntil,
            samplingFrom,
            nextRound,
            rungs,
            totalPositions,
            attempted,
            rejection,
            barren);
    return found.onLadder(
        e.schedule(), 0, nextRound, false, 0, spec.lanes(), Tuning.first(spec, e.schedule()));
  }

  Course adapted(LadderAdapted e, int lanes) {
    Tuning next = tuning == null ? null : tuning.next(e.schedule());
    return onLadder(e.schedule(), e.ladder(), e.fromRound(), false, 0, lanes, next);
  }

  Course frozen(LadderFrozen e, int lanes) {
    return onLadder(e.schedule(), e.ladder(), e.fromRound(), true, e.burnInUntil(), lanes, null);
  }

  private Course onLadder(
      Schedule next,
      int version,
      long from,
      boolean isFinal,
      long burnIn,
      int lanes,
      @Nullable Tuning nextTuning) {
    int replicas = next.betas().length;
    int pairs = Math.max(0, replicas - 1);
    int[][] placed =
        rungs.length == 0
            ? SwapPhase.initialRungs(replicas, lanes)
            : RungAssignment.resized(rungs, new Ladder(next.betas()));
    return new Course(
        replicates,
        betaStar,
        coldestBeta,
        next,
        version,
        from,
        rungs.length,
        isFinal,
        nextTuning,
        burnIn,
        -1,
        from,
        placed,
        totalPositions,
        new long[pairs],
        new double[pairs],
        0);
  }

  /** Counts on while no counted state falls into a bin that touches Z. */
  private long barrenAfter(RoundClosed e, CampaignSpec spec) {
    if (e.phase() != RoundPhase.SAMPLING) {
      return 0;
    }
    for (int bin : e.histogram().bin()) {
      if ((bin + 1) * spec.bin() >= spec.z().low() && bin * spec.bin() <= spec.z().high()) {
        return 0;
      }
    }
    return barren + e.positions();
  }

  Course roundClosed(RoundClosed e, CampaignSpec spec) {
    long[] tried = attempted.clone();
    double[] rejected = rejection.clone();
    for (int p = 0; p < tried.length; p++) {
      tried[p] += e.swaps().attempted()[p];
      rejected[p] += e.swaps().rejection()[p];
    }
    long from = samplingFrom < 0 && e.phase() == RoundPhase.SAMPLING ? e.round() : samplingFrom;
    return new Course(
        replicates,
        betaStar,
        coldestBeta,
        schedule,
        ladder,
        ladderFrom,
        freshFrom,
        frozen,
        tuning == null ? null : tuning.with(e, spec.lanes()),
        burnInUntil,
        from,
        e.round() + 1,
        e.rungs(),
        e.totalPositions(),
        tried,
        rejected,
        barrenAfter(e, spec));
  }
}
