package io.modeldiff.replica.kernel;

import io.modeldiff.core.random.KeyedRandom;

/**
 * Window regeneration: positions j..e−1 are drawn anew from the tempered conditionals and what
 * follows is kept and scored again. log acceptance = Σ_{j&lt;i&lt;e} [log c_β(y_&lt;i) − log
 * c_β(x_&lt;i)] + β Σ_{i≥e} [log p(x_i|y_&lt;i) − log p(x_i|x_&lt;i)] plus the bias gained. With a
 * window of one site it is the conditional single-site move.
 */
final class WindowKernel implements Kernel {
  private static final int LARGEST_POWER = 4;
  private final int powers;

  private WindowKernel(int powers) {
    this.powers = powers;
  }

  /** Lengths 1, 2, 4, 8 or 16, uniformly. */
  static WindowKernel shortStretch() {
    return new WindowKernel(LARGEST_POWER + 1);
  }

  /** Length 1 always. */
  static WindowKernel singleSite() {
    return new WindowKernel(1);
  }

  @Override
  public boolean needsNormalizers() {
    return powers > 1;
  }

  @Override
  public Moved move(Lanes state, int[] lanes, MoveKey key) {
    int length = state.space().length();
    KeyedRandom shared = key.shared();
    int from = shared.below(length);
    int to = Math.min(length, from + (1 << shared.below(powers)));
    KeyedRandom[] random = key.lanes(lanes);
    double[][] uniforms = new double[lanes.length][];
    for (int b = 0; b < lanes.length; b++) {
      uniforms[b] = random[b].uniforms(to - from);
    }
    Draft draft = state.redraw(lanes, from, to, uniforms);
    double[] logRatio = new double[lanes.length];
    for (int b = 0; b < lanes.length; b++) {
      logRatio[b] = logRatio(state, draft, b, from, to);
    }
    return Moved.decide(draft, logRatio, random);
  }

  private static double logRatio(Lanes state, Draft draft, int row, int from, int to) {
    int lane = draft.lanes()[row];
    double ratio = state.biasGain(lane, draft.energy()[row]);
    for (int i = from + 1; i < to; i++) {
      ratio += draft.logC(row, i) - state.logC(lane, i);
    }
    for (int i = to; i < state.space().length(); i++) {
      ratio += state.beta(lane) * (draft.logP(row, i) - state.logP(lane, i));
    }
    return ratio;
  }
}
