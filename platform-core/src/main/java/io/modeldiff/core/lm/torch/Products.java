package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.jspecify.annotations.Nullable;

/**
 * Products x·Wᵀ + b of many rows. On a processor libtorch gives matrix products to MKL, which does
 * not use the widest instructions of every maker's processors, but convolutions to oneDNN, which
 * does: there a product of many rows is a convolution of width one, up to twice as fast. Results
 * differ in the last bits from those of {@link JniUtils#linear}, so lanes, whose stored histories
 * depend on their bits, do not use it.
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
    if (!cpu || height == 0) {
      return JniUtils.linear(x, weight, bias);
    }
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
