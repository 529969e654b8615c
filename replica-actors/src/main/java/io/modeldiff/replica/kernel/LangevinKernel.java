package io.modeldiff.replica.kernel;

import io.modeldiff.core.random.KeyedRandom;
import java.util.Arrays;

/**
 * Discrete Langevin with Metropolis correction (Zhang et al. 2022, eq. 3-4): every site is drawn
 * from q_i(v) ∝ exp(−β·(g_{i,v} − g_{i,x_i})/2 − 1[v ≠ x_i]/α), g the gradient of E with respect to
 * one-hot inputs and α the rung's step size.
 */
final class LangevinKernel implements Kernel {
  @Override
  public boolean needsNormalizers() {
    return false;
  }

  @Override
  public Moved move(Lanes state, int[] lanes, MoveKey key) {
    KeyedRandom[] random = key.lanes(lanes);
    int[] allowed = state.space().allowed();
    float[][][] here = state.gradients(lanes);
    double[] logRatio = new double[lanes.length];
    int[][] candidate = new int[lanes.length][];
    for (int b = 0; b < lanes.length; b++) {
      int[] x = state.sequence(lanes[b]);
      candidate[b] = x.clone();
      for (int i = 0; i < x.length; i++) {
        double[] q = logSite(state, lanes[b], here[b], x, i);
        int a = LogCategorical.draw(q, random[b].uniform());
        candidate[b][i] = allowed[a];
        logRatio[b] -= q[a];
      }
    }
    float[][][] there = state.gradientsAt(candidate);
    Draft draft = state.score(lanes, 0, candidate);
    for (int b = 0; b < lanes.length; b++) {
      int[] x = state.sequence(lanes[b]);
      for (int i = 0; i < x.length; i++) {
        double[] q = logSite(state, lanes[b], there[b], candidate[b], i);
        logRatio[b] += q[Arrays.binarySearch(allowed, x[i])];
      }
      logRatio[b] += draft.logTargetRatio(b);
    }
    Moved moved = Moved.decide(draft, logRatio, random);
    GradientMemory.keep(state, moved, there);
    return moved;
  }

  private static double[] logSite(Lanes state, int lane, float[][] g, int[] x, int i) {
    int[] allowed = state.space().allowed();
    double step = state.schedule().steps()[state.rung(lane)];
    double[] logits = new double[allowed.length];
    for (int a = 0; a < allowed.length; a++) {
      logits[a] =
          allowed[a] == x[i]
              ? 0
              : -state.beta(lane) * ((double) g[i][allowed[a]] - g[i][x[i]]) / 2 - 1 / step;
    }
    return LogCategorical.normalise(logits);
  }
}
