package io.modeldiff.replica.swap;

import io.modeldiff.core.random.KeyedRandom;
import io.modeldiff.replica.ladder.Ladder;
import io.modeldiff.replica.schedule.Bias;
import io.modeldiff.replica.schedule.Schedule;
import java.util.Arrays;

/**
 * The swap phase of one round: deterministic even-odd pairs (Okabe et al. 2001; Syed et al. 2021),
 * decided from energies and rungs alone. Swaps exchange β's: sequences stay where they are.
 */
public final class SwapPhase {
  private static final long STREAM = 3;

  private SwapPhase() {}

  /**
   * What a swap phase decided.
   *
   * @param rungs [replicas][lanes], the rung of each lane in the next round
   * @param attempts [pairs], swaps tried between rungs k and k+1
   * @param accepted [pairs], swaps made
   * @param rejection [pairs], sum of the rejection probabilities 1 − min(1, a), the low-variance
   *     estimate of the rejection rate
   */
  public record Decision(int[][] rungs, int[] attempts, int[] accepted, double[] rejection) {}

  /**
   * Decides the swaps after a round. The pairs (k, k+1) with k ≡ round (mod 2) are tried; with two
   * rungs the single pair is tried every round. log acceptance = (β_k − β_{k+1})·(E_k − E_{k+1}); a
   * bias that all rungs share cancels.
   *
   * @param seed the campaign's seed
   * @param round number of the round that has just ended
   * @param rungs [replicas][lanes], the rung that each lane ran at; every lane's column holds each
   *     rung once
   * @param energies [replicas][lanes], nats
   */
  public static Decision decide(
      Schedule schedule, int scored, long seed, long round, int[][] rungs, double[][] energies) {
    Ladder ladder = schedule.ladder();
    int pairs = Math.max(ladder.size() - 1, 0);
    int[][] next = new int[rungs.length][];
    for (int r = 0; r < rungs.length; r++) {
      next[r] = rungs[r].clone();
    }
    int[] attempts = new int[pairs];
    int[] accepted = new int[pairs];
    double[] rejection = new double[pairs];
    int first = pairs == 1 ? 0 : (int) Math.floorMod(round, 2L);
    int lanes = rungs.length == 0 ? 0 : rungs[0].length;
    for (int lane = 0; lane < lanes; lane++) {
      int[] holder = holders(rungs, lane);
      for (int k = first; k < pairs; k += 2) {
        int low = holder[k];
        int high = holder[k + 1];
        double log = logRatio(schedule, scored, k, energies[low][lane], energies[high][lane]);
        attempts[k]++;
        rejection[k] += 1 - Math.min(1, Math.exp(log));
        if (Math.log(KeyedRandom.of(seed, STREAM, round, lane, k).uniform()) < log) {
          accepted[k]++;
          next[low][lane] = k + 1;
          next[high][lane] = k;
        }
      }
    }
    return new Decision(next, attempts, accepted, rejection);
  }

  /** Of exchanging energy {@code low} at rung k with energy {@code high} at rung k + 1. */
  private static double logRatio(Schedule schedule, int scored, int k, double low, double high) {
    Ladder ladder = schedule.ladder();
    double log = (ladder.beta(k) - ladder.beta(k + 1)) * (low - high);
    Bias lower = schedule.biasOf(k);
    Bias upper = schedule.biasOf(k + 1);
    if (lower.equals(upper)) {
      return log;
    }
    double after = lower.at(high / scored) + upper.at(low / scored);
    double before = lower.at(low / scored) + upper.at(high / scored);
    // A lane that is where its bias forbids it (at the start only) stays until a move frees it.
    return before == Double.NEGATIVE_INFINITY ? before : log + after - before;
  }

  /** The replica that holds each rung in one lane. */
  private static int[] holders(int[][] rungs, int lane) {
    int[] holder = new int[rungs.length];
    Arrays.fill(holder, -1);
    for (int r = 0; r < rungs.length; r++) {
      int k = rungs[r][lane];
      if (k < 0 || k >= holder.length || holder[k] >= 0) {
        throw new IllegalArgumentException("lane " + lane + " does not hold each rung once");
      }
      holder[k] = r;
    }
    return holder;
  }

  /** The rungs at the start: replica r at rung r in every lane. */
  public static int[][] initialRungs(int replicas, int lanes) {
    int[][] rungs = new int[replicas][lanes];
    for (int r = 0; r < replicas; r++) {
      Arrays.fill(rungs[r], r);
    }
    return rungs;
  }
}
