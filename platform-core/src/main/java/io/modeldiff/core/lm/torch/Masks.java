package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.modeldiff.core.lm.arch.TransformerSpec;
import org.jspecify.annotations.Nullable;

/** Additive causal masks: one square array, of which passes take a rectangle. */
final class Masks {
  private final TransformerSpec spec;
  private final NDManager manager;
  private final DataType dtype;
  private @Nullable PtNDArray square;
  private int size;

  Masks(TransformerSpec spec, NDManager manager, DataType dtype) {
    this.spec = spec;
    this.manager = manager;
    this.dtype = dtype;
  }

  /**
   * The mask for new positions [start, start + tokens) that see themselves and everything before
   * (within the sliding window); null when they see all of it.
   *
   * @return [group·tokens, start + tokens] in {@code scratch}, or null
   */
  @Nullable PtNDArray of(NDManager scratch, int start, int tokens) {
    int length = start + tokens;
    boolean windowed = spec.window() > 0 && length > spec.window();
    if (tokens == 1 && !windowed) {
      return null;
    }
    PtNDArray all = square(length);
    PtNDArray rows = Torch.slice(all, 0, start, length);
    PtNDArray mask = Torch.slice(rows, 1, 0, length);
    rows.close();
    if (spec.group() > 1) {
      PtNDArray tiled = JniUtils.tile(mask, new long[] {spec.group(), 1});
      mask.close();
      mask = tiled;
    }
    mask.attach(scratch);
    return mask;
  }

  /**
   * The mask for alternatives at one position: each sees [0, start) (within the sliding window) and
   * itself.
   *
   * @return [group·tokens, start + tokens] in {@code owner}
   */
  PtNDArray siblings(NDManager owner, int start, int tokens) {
    int rows = spec.group() * tokens;
    int length = start + tokens;
    float[] m = new float[rows * length];
    java.util.Arrays.fill(m, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < start; j++) {
        if (spec.window() == 0 || start - j < spec.window()) {
          m[i * length + j] = 0f;
        }
      }
      m[i * length + start + i % tokens] = 0f;
    }
    PtNDArray wide = Torch.floats(owner, m, rows, length);
    return Torch.of(wide.toType(dtype, false));
  }

  private PtNDArray square(int length) {
    if (square == null || size < length) {
      if (square != null) {
        square.close();
      }
      size =
          Math.min(
              Math.max(64, Integer.highestOneBit(length) * 2), Math.max(length, spec.positions()));
      float[] m = new float[size * size];
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          boolean seen = j <= i && (spec.window() == 0 || i - j < spec.window());
          m[i * size + j] = seen ? 0f : Float.NEGATIVE_INFINITY;
        }
      }
      PtNDArray wide = Torch.floats(manager, m, size, size);
      square = Torch.of(wide.toType(dtype, false));
      if (square != wide) {
        wide.close();
      }
    }
    return square;
  }
}
