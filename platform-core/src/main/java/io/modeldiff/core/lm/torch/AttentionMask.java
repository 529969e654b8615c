package io.modeldiff.core.lm.torch;

import ai.djl.pytorch.engine.PtNDArray;
import org.jspecify.annotations.Nullable;

/**
 * Additive attention masks [group·tokens, start + tokens] of one pass, for layers without and with
 * the sliding window; null where every new token sees everything.
 */
record AttentionMask(@Nullable PtNDArray full, @Nullable PtNDArray windowed)
    implements AutoCloseable {
  /** Every token sees every other. */
  static final AttentionMask NONE = new AttentionMask(null, null);

  @Nullable PtNDArray of(boolean window) {
    return window ? windowed : full;
  }

  @Override
  public void close() {
    if (full != null) {
      full.close();
    }
    if (windowed != null && windowed != full) {
      windowed.close();
    }
  }
}
