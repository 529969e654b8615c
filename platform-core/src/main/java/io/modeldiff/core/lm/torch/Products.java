package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Products x·Wᵀ + b of many rows. On a processor libtorch gives matrix products to MKL, which does
 * not use the widest instructions of every maker's processors; here they go to {@link OneDnn},
 * which does: up to twice as fast. Results differ in the last bits from those of {@link
 * JniUtils#linear}, so lanes, whose stored histories depend on their bits, do not use it.
 *
 * <p>Some versions of oneDNN have been wrong on some processors, without a word: some rows of each
 * kind's first product are computed both ways, and the kind is left to MKL where they differ.
 */
final class Products {
  /** How far two products may be apart, as a share of a column's largest element. */
  private static final float TOLERANCE = 1e-3f;

  /** Rows of the first product of a kind that are computed both ways. */
  private static final int TRIED = 64;

  private static final Logger LOG = LoggerFactory.getLogger(Products.class);
  private static final Map<Kind, Boolean> RIGHT = new ConcurrentHashMap<>();

  /** What decides which code of oneDNN works a product off, but for the number of rows. */
  private record Kind(long in, long out, boolean biased) {}

  /** Loaded when first needed. */
  private static final class Loaded {
    private static final Optional<OneDnn> ONE_DNN = OneDnn.load();
  }

  private Products() {}

  /**
   * The product of many rows with a matrix.
   *
   * @param x [m, in], contiguous
   * @param weight [out, in], contiguous
   * @param bias [out]
   * @return [m, out]
   */
  static PtNDArray bulk(PtNDArray x, PtNDArray weight, @Nullable PtNDArray bias) {
    boolean cpu = !x.getDevice().isGpu() && x.getDataType() == DataType.FLOAT32;
    OneDnn fast = cpu ? Loaded.ONE_DNN.orElse(null) : null;
    if (fast == null || !right(fast, x, weight, bias)) {
      return JniUtils.linear(x, weight, bias);
    }
    return fast.linear(x, weight, bias);
  }

  private static boolean right(
      OneDnn fast, PtNDArray x, PtNDArray weight, @Nullable PtNDArray bias) {
    Kind kind = new Kind(weight.getShape().get(1), weight.getShape().get(0), bias != null);
    return RIGHT.computeIfAbsent(kind, k -> tried(fast, k, x, weight, bias));
  }

  private static boolean tried(
      OneDnn fast, Kind kind, PtNDArray x, PtNDArray weight, @Nullable PtNDArray bias) {
    PtNDArray some = Torch.slice(x, 0, 0, Math.min(TRIED, x.getShape().get(0)));
    PtNDArray expected = JniUtils.linear(some, weight, bias);
    PtNDArray found = fast.linear(some, weight, bias);
    boolean right = alike(expected.toFloatArray(), found.toFloatArray(), (int) kind.out());
    Torch.close(some, expected, found);
    if (!right) {
      LOG.debug("Products of oneDNN are wrong here and left alone: {}.", kind);
    }
    return right;
  }

  /** Whether the columns of two matrices are the same but for rounding. */
  static boolean alike(float[] expected, float[] found, int columns) {
    float[] largest = new float[columns];
    float[] furthest = new float[columns];
    for (int i = 0; i < expected.length; i++) {
      int c = i % columns;
      largest[c] = Math.max(largest[c], Math.abs(expected[i]));
      furthest[c] = Math.max(furthest[c], Math.abs(found[i] - expected[i]));
    }
    return IntStream.range(0, columns).allMatch(c -> furthest[c] <= TOLERANCE * largest[c]);
  }
}
