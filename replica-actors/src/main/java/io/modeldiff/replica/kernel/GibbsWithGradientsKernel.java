package io.modeldiff.replica.kernel;

import io.modeldiff.core.random.KeyedRandom;
import java.util.Arrays;

/**
 * Gibbs with gradients (Grathwohl et al. 2021, algorithm 1): one change (site i, token v) is drawn
 * with probability ∝ exp(−β·(g_{i,v} − g_{i,x_i})/2), g the gradient of E with respect to one-hot
 * inputs, and corrected by the reverse probability at the proposed sequence.
 */
final class GibbsWithGradientsKernel implements Kernel {
  @Override
  public boolean needsNormalizers() {
    return false;
  }

  @Override
  public Moved move(Lanes state, int[] lanes, MoveKey key) {
    KeyedRandom[] random = key.lanes(lanes);
    int[] allowed = state.space().allowed();
    float[][][] here = state.gradients(lanes);
    int[] change = new int[lanes.length];
    double[] logRatio = new double[lanes.length];
    int[][] candidate = new int[lanes.length][];
    int from = state.space().length();
    for (int b = 0; b < lanes.length; b++) {
      int[] x = state.sequence(lanes[b]);
      double[] q = logChanges(here[b], x, allowed, state.beta(lanes[b]));
      change[b] = LogCategorical.draw(q, random[b].uniform());
      logRatio[b] = -q[change[b]];
      int site = change[b] / allowed.length;
      candidate[b] = x.clone();
      candidate[b][site] = allowed[change[b] % allowed.length];
      from = Math.min(from, site);
    }
    float[][][] there = state.gradientsAt(candidate);
    Draft draft = state.score(lanes, from, candidate);
    for (int b = 0; b < lanes.length; b++) {
      int site = change[b] / allowed.length;
      int back = Arrays.binarySearch(allowed, state.sequence(lanes[b])[site]);
      double[] q = logChanges(there[b], candidate[b], allowed, state.beta(lanes[b]));
      logRatio[b] += q[site * allowed.length + back] + draft.logTargetRatio(b);
    }
    Moved moved = Moved.decide(draft, logRatio, random);
    GradientMemory.keep(state, moved, there);
    return moved;
  }

  /** log probability of every change, index site·V + token; −∞ for the token already there. */
  private static double[] logChanges(float[][] g, int[] x, int[] allowed, double beta) {
    double[] logits = new double[x.length * allowed.length];
    for (int i = 0; i < x.length; i++) {
      for (int a = 0; a < allowed.length; a++) {
        logits[i * allowed.length + a] =
            allowed[a] == x[i]
                ? Double.NEGATIVE_INFINITY
                : -beta * ((double) g[i][allowed[a]] - g[i][x[i]]) / 2;
      }
    }
    return LogCategorical.normalise(logits);
  }
}
