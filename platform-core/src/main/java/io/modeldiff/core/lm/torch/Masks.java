package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.modeldiff.core.lm.arch.TransformerSpec;
import org.jspecify.annotations.Nullable;

/** Additive masks: square arrays, of which passes take rectangles. */
final class Masks {
  private static final int SMALLEST = 64;

  private final TransformerSpec spec;
  private final NDManager manager;
  private final DataType dtype;
  private final boolean anyWindow;
  private final boolean anyFull;
  private @Nullable PtNDArray full;
  private @Nullable PtNDArray windowed;
  private int size;

  Masks(TransformerSpec spec, NDManager manager, DataType dtype) {
    this.spec = spec;
    this.manager = manager;
    this.dtype = dtype;
    this.anyWindow = spec.windowed().contains(true);
    this.anyFull = spec.windowed().contains(false);
  }

  /**
   * Masks for new positions [start, start + tokens) that see themselves and everything before
   * (within the sliding window).
   */
  AttentionMask of(NDManager scratch, int start, int tokens, boolean cached) {
    int length = start + tokens;
    int columns = cached ? KvCache.padded(length) : length;
    grow(columns);
    boolean narrow = anyWindow && length > spec.window();
    PtNDArray plain = anyFull || !narrow ? rectangle(full, scratch, start, length, columns) : null;
    return new AttentionMask(
        plain, narrow ? rectangle(windowed, scratch, start, length, columns) : plain);
  }

  private PtNDArray rectangle(
      @Nullable PtNDArray square, NDManager scratch, int start, int length, int columns) {
    if (square == null) {
      throw new IllegalStateException("masks are grown before use");
    }
    PtNDArray rows = Torch.slice(square, 0, start, length);
    PtNDArray mask = Torch.slice(rows, 1, 0, columns);
    rows.close();
    if (spec.group() > 1 && length - start > 1) {
      PtNDArray tiled = JniUtils.tile(mask, new long[] {spec.group(), 1});
      mask.close();
      mask = tiled;
    }
    mask.attach(scratch);
    return mask;
  }

  private void grow(int length) {
    if (size >= length) {
      return;
    }
    new AttentionMask(full, windowed).close();
    size = Math.max(SMALLEST, Integer.highestOneBit(length) * 2);
    full = square(Integer.MAX_VALUE);
    windowed = anyWindow ? square(spec.window()) : null;
  }

  private PtNDArray square(int window) {
    float[] m = new float[size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        m[i * size + j] = j <= i && i - j < window ? 0f : Float.NEGATIVE_INFINITY;
      }
    }
    return typed(manager, m, size, size);
  }

  private PtNDArray typed(NDManager owner, float[] values, long... shape) {
    PtNDArray wide = Torch.floats(owner, values, shape);
    return Torch.of(wide.toType(dtype, false));
  }

  /**
   * Masks for alternatives at one position: each sees [0, start) (within the sliding window) and
   * itself.
   */
  AttentionMask siblings(NDManager owner, int start, int tokens) {
    PtNDArray plain = alternatives(owner, start, tokens, Integer.MAX_VALUE);
    boolean narrow = anyWindow && start >= spec.window();
    return new AttentionMask(
        plain, narrow ? alternatives(owner, start, tokens, spec.window()) : plain);
  }

  private PtNDArray alternatives(NDManager owner, int start, int tokens, int window) {
    int rows = spec.group() * tokens;
    int length = KvCache.padded(start + tokens);
    float[] m = new float[rows * length];
    java.util.Arrays.fill(m, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < start; j++) {
        if (start - j < window) {
          m[i * length + j] = 0f;
        }
      }
      m[i * length + start + i % tokens] = 0f;
    }
    return typed(owner, m, rows, length);
  }
}
