package io.modeldiff.replica.kernel;

import io.modeldiff.core.random.KeyedRandom;
import java.util.Arrays;

/**
 * Exact full conditional at one site, shared by all lanes: the token is drawn from the target with
 * all other sites fixed. Every other allowed token is scored in turn and taken with probability
 * (its weight)/(sum of the weights so far), so that the one held at the end is an exact draw and
 * nothing is scored twice. For small vocabularies.
 */
final class GibbsKernel implements Kernel {
  @Override
  public boolean needsNormalizers() {
    return false;
  }

  @Override
  public Moved move(Lanes state, int[] lanes, MoveKey key) {
    int site = key.shared().below(state.space().length());
    KeyedRandom[] random = key.lanes(lanes);
    int[] before = new int[lanes.length];
    Arrays.setAll(before, b -> state.sequence(lanes[b])[site]);
    double[] logSum = new double[lanes.length];
    double[] reference = new double[lanes.length];
    for (int b = 0; b < lanes.length; b++) {
      double now = logTarget(state, lanes[b], state.energy(lanes[b]));
      // A lane that starts where the bias forbids it has no weight itself.
      reference[b] = now == Double.NEGATIVE_INFINITY ? 0 : now;
      logSum[b] = now - reference[b];
    }
    for (int step = 1; step < state.space().allowed().length; step++) {
      consider(state, lanes, site, step, before, random, reference, logSum);
    }
    boolean[] changed = new boolean[lanes.length];
    for (int b = 0; b < lanes.length; b++) {
      changed[b] = state.sequence(lanes[b])[site] != before[b];
    }
    return new Moved(lanes, new double[lanes.length], changed);
  }

  /** Scores the step-th token after the original one (cyclically) and perhaps takes it. */
  private static void consider(
      Lanes state,
      int[] lanes,
      int site,
      int step,
      int[] before,
      KeyedRandom[] random,
      double[] reference,
      double[] logSum) {
    int[] allowed = state.space().allowed();
    int[][] candidate = new int[lanes.length][];
    for (int b = 0; b < lanes.length; b++) {
      candidate[b] = state.sequence(lanes[b]).clone();
      int index = Arrays.binarySearch(allowed, before[b]);
      candidate[b][site] = allowed[(index + step) % allowed.length];
    }
    Draft draft = state.score(lanes, site, candidate);
    boolean[] taken = new boolean[lanes.length];
    for (int b = 0; b < lanes.length; b++) {
      double logWeight = logTarget(state, lanes[b], draft.energy()[b]) - reference[b];
      logSum[b] = logAdd(logSum[b], logWeight);
      taken[b] = Math.log(random[b].uniform()) < logWeight - logSum[b];
    }
    state.accept(draft, taken);
  }

  private static double logTarget(Lanes state, int lane, double energy) {
    return state.schedule().logTarget(state.rung(lane), energy, state.space().scored());
  }

  private static double logAdd(double a, double b) {
    double max = Math.max(a, b);
    return max == Double.NEGATIVE_INFINITY ? max : max + Math.log1p(Math.exp(-Math.abs(a - b)));
  }
}
