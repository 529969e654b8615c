package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.modeldiff.core.lm.arch.Rope;
import io.modeldiff.core.lm.arch.TransformerSpec;
import java.util.HashMap;
import java.util.Map;

/**
 * Rotary positions: y = x·cos + (x·R)·sin, where the constant matrix R swaps and negates the halves
 * of the rotated dimensions, so that the rotation of all heads is one small matrix product. Tables
 * have rows for queries, keys and values; values and unrotated dimensions have cos 1 and sin 0.
 */
final class Rotary {
  private static final int KEPT = 256;

  private record Tables(PtNDArray cos, PtNDArray sin) {}

  private final TransformerSpec spec;
  private final Rope rope;
  private final NDManager manager;
  private final DataType dtype;
  private final PtNDArray swap;
  private final Map<Long, Tables> tables = new HashMap<>();

  Rotary(TransformerSpec spec, Rope rope, NDManager manager, DataType dtype) {
    this.spec = spec;
    this.rope = rope;
    this.manager = manager;
    this.dtype = dtype;
    int d = spec.headDim();
    int half = rope.frequencies().length;
    float[] r = new float[d * d];
    for (int j = 0; j < half; j++) {
      r[(j + half) * d + j] = -1;
      r[j * d + j + half] = 1;
    }
    this.swap = typed(r, d, d);
  }

  private PtNDArray typed(float[] values, long... shape) {
    PtNDArray wide = Torch.floats(manager, values, shape);
    return Torch.of(wide.toType(dtype, false));
  }

  /** Rotates [R·kvHeads, (group + 2)·T, headDim]. */
  PtNDArray apply(PtNDArray heads, Pass pass) {
    Tables t = tables(pass);
    PtNDArray swapped = JniUtils.matmul(heads, swap);
    PtNDArray turned = JniUtils.mul(swapped, t.sin());
    PtNDArray straight = JniUtils.mul(heads, t.cos());
    swapped.close();
    if (pass.gradient()) {
      return JniUtils.add(straight, turned);
    }
    JniUtils.addi(straight, turned);
    turned.close();
    return straight;
  }

  private Tables tables(Pass pass) {
    long key = (long) pass.start() << 32 | (long) pass.tokens() << 1 | (pass.siblings() ? 1 : 0);
    Tables found = tables.get(key);
    if (found == null) {
      if (tables.size() >= KEPT) {
        tables.values().forEach(t -> Torch.close(t.cos(), t.sin()));
        tables.clear();
      }
      found = build(pass.start(), pass.tokens(), pass.siblings() ? 0 : 1);
      tables.put(key, found);
    }
    return found;
  }

  private Tables build(int start, int tokens, int step) {
    int d = spec.headDim();
    float[] frequencies = rope.frequencies(start + tokens * step);
    int half = frequencies.length;
    int parts = spec.group() + 2;
    float[] cos = new float[parts * tokens * d];
    float[] sin = new float[parts * tokens * d];
    java.util.Arrays.fill(cos, 1f);
    for (int p = 0; p < parts - 1; p++) {
      for (int t = 0; t < tokens; t++) {
        int at = (p * tokens + t) * d;
        for (int j = 0; j < half; j++) {
          // The product is taken in float32, as the reference implementation does.
          float angle = (start + t * step) * frequencies[j];
          cos[at + j] = (float) Math.cos(angle);
          cos[at + j + half] = cos[at + j];
          sin[at + j] = (float) Math.sin(angle);
          sin[at + j + half] = sin[at + j];
        }
      }
    }
    long rows = (long) parts * tokens;
    return new Tables(typed(cos, rows, d), typed(sin, rows, d));
  }
}
