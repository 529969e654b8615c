package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.modeldiff.core.error.UserException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Array creation and a few operations in their cheapest form. Everything takes arrays, never Java
 * numbers, and goes to libtorch without an index parser: at small batches the cost of an operation
 * is its call.
 */
final class Torch {
  private Torch() {}

  static PtNDArray of(NDArray array) {
    return (PtNDArray) array;
  }

  static PtNDArray floats(NDManager manager, float[] values, long... shape) {
    return of(manager.create(values, new Shape(shape)));
  }

  static PtNDArray floats(NDManager manager, double[] values, long... shape) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return floats(manager, narrow, shape);
  }

  /** Ones times a value, of the shape and type of another array. */
  static PtNDArray floatsLike(NDManager manager, PtNDArray like, float value) {
    return of(manager.full(like.getShape(), value, like.getDataType()));
  }

  static PtNDArray longs(NDManager manager, int[] values, long... shape) {
    return longs(manager, Arrays.stream(values).asLongStream().toArray(), shape);
  }

  static PtNDArray longs(NDManager manager, long[] values, long... shape) {
    ByteBuffer buffer =
        ByteBuffer.allocateDirect(values.length * Long.BYTES).order(ByteOrder.nativeOrder());
    buffer.asLongBuffer().put(values);
    return JniUtils.createNdFromByteBuffer(
        (PtNDManager) manager,
        buffer,
        new Shape(shape),
        DataType.INT64,
        SparseFormat.DENSE,
        manager.getDevice());
  }

  /**
   * Rows of a table: table[ids], shape ids.shape + [columns]. The result belongs to ids' manager.
   */
  static PtNDArray rows(PtNDArray table, PtNDArray ids) {
    return JniUtils.embedding(ids, table, false);
  }

  static PtNDArray reshape(PtNDArray array, long... shape) {
    return JniUtils.reshape(array, shape);
  }

  static PtNDArray slice(PtNDArray array, int dim, long from, long to) {
    return JniUtils.slice(array, dim, from, to, 1);
  }

  /** Σ over the last dimension. */
  static PtNDArray sumLast(PtNDArray array) {
    return JniUtils.sum(array, new long[] {-1}, false);
  }

  static void close(PtNDArray... arrays) {
    for (PtNDArray a : arrays) {
      a.close();
    }
  }

  /**
   * Log-probabilities as doubles. A NaN, which only an overflow inside the model can bring about as
   * its weights are finite, is an error and never a result.
   */
  static double[] doubles(PtNDArray array) {
    float[] values = array.toFloatArray();
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (Float.isNaN(values[i])) {
        throw notANumber();
      }
      wide[i] = values[i];
    }
    return wide;
  }

  static UserException notANumber() {
    return UserException.failed(
        "The model's arithmetic overflowed and gave a probability that is not a number; load it"
            + " with --dtype f32, or check its weights.");
  }
}
