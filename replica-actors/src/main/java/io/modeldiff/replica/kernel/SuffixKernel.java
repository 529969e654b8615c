package io.modeldiff.replica.kernel;

import io.modeldiff.core.random.KeyedRandom;

/**
 * Suffix regeneration: a cut j uniform over the positions, shared by all lanes, then y_i ~
 * p(·|y_&lt;i)^β/c_β(y_&lt;i) for i ≥ j. The tempered probabilities cancel against the target and
 * leave log acceptance = Σ_{i&gt;j} [log c_β(y_&lt;i) − log c_β(x_&lt;i)] (plus the bias gained).
 * Every fixed cut leaves the target invariant, so sharing it is exact and keeps batches
 * rectangular.
 */
final class SuffixKernel implements Kernel {
  @Override
  public boolean needsNormalizers() {
    return true;
  }

  @Override
  public Moved move(Lanes state, int[] lanes, MoveKey key) {
    int length = state.space().length();
    int cut = key.shared().below(length);
    KeyedRandom[] random = key.lanes(lanes);
    double[][] uniforms = new double[lanes.length][];
    for (int b = 0; b < lanes.length; b++) {
      uniforms[b] = random[b].uniforms(length - cut);
    }
    Draft draft = state.redraw(lanes, cut, length, uniforms);
    double[] logRatio = new double[lanes.length];
    for (int b = 0; b < lanes.length; b++) {
      logRatio[b] = state.biasGain(lanes[b], draft.energy()[b]);
      for (int i = cut + 1; i < length; i++) {
        logRatio[b] += draft.logC(b, i) - state.logC(lanes[b], i);
      }
    }
    return Moved.decide(draft, logRatio, random);
  }
}
