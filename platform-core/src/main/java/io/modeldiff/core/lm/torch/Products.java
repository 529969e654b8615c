package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Products x·Wᵀ + b of many rows. On a processor libtorch gives matrix products to MKL, which does
 * not use the widest instructions of every maker's processors, but convolutions to oneDNN, which
 * does: there a product of many rows is a convolution of width one, up to twice as fast. Results
 * differ in the last bits from those of {@link JniUtils#linear}, so lanes, whose stored histories
 * depend on their bits, do not use it.
 *
 * <p>Some versions of oneDNN leave the last columns wrong for some numbers of columns, on some
 * processors only: each kind of product is tried out once, and left to MKL where it is wrong.
 */
final class Products {
  /** Rows of one image of the convolution; its images are worked off as blocks. */
  static final int IMAGE = 32;

  /** libtorch leaves convolutions of fewer images to MKL on one thread. */
  private static final int FEWEST_IMAGES = 16;

  /** Images of these heights keep the speed. */
  private static final int LOWEST = 12;

  private static final int HIGHEST = 64;
  private static final Shape ONE = new Shape(1, 1);
  private static final Shape NONE = new Shape(0, 0);
  private static final long[] CHANNELS_FIRST = {0, 3, 1, 2};
  private static final long[] CHANNELS_LAST = {0, 2, 3, 1};

  /**
   * How far a convolution may be from the matrix product, as a share of a column's largest element.
   */
  private static final float TOLERANCE = 1e-3f;

  private static final Logger LOG = LoggerFactory.getLogger(Products.class);
  private static final Map<Kind, Boolean> RIGHT = new ConcurrentHashMap<>();

  /** What decides which code of oneDNN works a convolution off. */
  private record Kind(int height, long in, long out, boolean biased) {}

  private Products() {}

  /**
   * The product of many rows with a matrix.
   *
   * @param x [m, in], contiguous
   * @param weight [out, in]
   * @param bias [out]
   * @return [m, out]
   */
  static PtNDArray bulk(PtNDArray x, PtNDArray weight, @Nullable PtNDArray bias) {
    int rows = (int) x.getShape().get(0);
    int height = height(rows);
    boolean cpu = !x.getDevice().isGpu() && x.getDataType() == DataType.FLOAT32;
    if (!cpu || height == 0 || !right(kind(height, weight, bias), weight, bias)) {
      return JniUtils.linear(x, weight, bias);
    }
    return convolution(x, weight, bias, height);
  }

  private static Kind kind(int height, PtNDArray weight, @Nullable PtNDArray bias) {
    return new Kind(height, weight.getShape().get(1), weight.getShape().get(0), bias != null);
  }

  private static PtNDArray convolution(
      PtNDArray x, PtNDArray weight, @Nullable PtNDArray bias, int height) {
    long rows = x.getShape().get(0);
    long in = weight.getShape().get(1);
    long out = weight.getShape().get(0);
    PtNDArray cube = Torch.reshape(x, rows / height, height, 1, in);
    PtNDArray images = JniUtils.permute(cube, CHANNELS_FIRST);
    PtNDArray filters = Torch.reshape(weight, out, in, 1, 1);
    PtNDArray convolved = JniUtils.convolution(images, filters, bias, ONE, NONE, ONE, 1);
    PtNDArray turned = JniUtils.permute(convolved, CHANNELS_LAST);
    PtNDArray result = Torch.reshape(turned, rows, out);
    Torch.close(cube, images, filters, convolved, turned);
    return result;
  }

  /** Whether convolutions of a kind are matrix products on this machine, tried with a weight. */
  private static boolean right(Kind kind, PtNDArray weight, @Nullable PtNDArray bias) {
    return RIGHT.computeIfAbsent(
        kind,
        k -> {
          boolean right = tried(k, weight, bias);
          if (!right) {
            LOG.debug("Convolutions are wrong here and left alone: {}.", k);
          }
          return right;
        });
  }

  private static boolean tried(Kind kind, PtNDArray weight, @Nullable PtNDArray bias) {
    try (NDManager m = weight.getManager().newSubManager()) {
      PtNDArray x = wave(m, FEWEST_IMAGES * kind.height(), (int) kind.in());
      PtNDArray expected = JniUtils.linear(x, weight, bias);
      PtNDArray found = convolution(x, weight, bias, kind.height());
      return alike(expected.toFloatArray(), found.toFloatArray(), (int) kind.out());
    }
  }

  /** Numbers of one size of which no two rows or columns are alike. */
  private static PtNDArray wave(NDManager m, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i + 1.0);
    }
    return Torch.floats(m, values, rows, columns);
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

  /** So many rows, or a few more that {@link #bulk} works off faster. */
  static int padded(int rows) {
    return rows < FEWEST_IMAGES * IMAGE ? rows : (rows + IMAGE - 1) / IMAGE * IMAGE;
  }

  /** Rows of an image, as near to {@link #IMAGE} as they divide into; 0 where they do not. */
  private static int height(int rows) {
    int best = 0;
    for (int height = LOWEST; height <= Math.min(HIGHEST, rows / FEWEST_IMAGES); height++) {
      if (rows % height == 0 && Math.abs(height - IMAGE) < Math.abs(best - IMAGE)) {
        best = height;
      }
    }
    return best;
  }
}
