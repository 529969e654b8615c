package io.modeldiff.replica.kernel;

import io.modeldiff.core.random.KeyedRandom;
import java.util.Arrays;

/**
 * Uniform single-site Metropolis: one site, shared by all lanes, and in each lane another allowed
 * token drawn uniformly. The proposal is symmetric, so the acceptance ratio is the target's.
 */
final class MetropolisKernel implements Kernel {
  @Override
  public boolean needsNormalizers() {
    return false;
  }

  @Override
  public Moved move(Lanes state, int[] lanes, MoveKey key) {
    int site = key.shared().below(state.space().length());
    KeyedRandom[] random = key.lanes(lanes);
    int[][] candidate = new int[lanes.length][];
    Arrays.setAll(candidate, b -> other(state, lanes[b], site, random[b]));
    Draft draft = state.score(lanes, site, candidate);
    double[] logRatio = new double[lanes.length];
    Arrays.setAll(logRatio, draft::logTargetRatio);
    return Moved.decide(draft, logRatio, random);
  }

  private static int[] other(Lanes state, int lane, int site, KeyedRandom random) {
    int[] allowed = state.space().allowed();
    int[] y = state.sequence(lane).clone();
    if (allowed.length > 1) {
      int now = Arrays.binarySearch(allowed, y[site]);
      int pick = random.below(allowed.length - 1);
      y[site] = allowed[pick >= now ? pick + 1 : pick];
    }
    return y;
  }
}
