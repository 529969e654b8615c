package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * Logits of some positions for a run of the head's columns. The logits of a whole vocabulary are a
 * list of these and are never put together: that would be one more way through memory for hundreds
 * of megabytes. On a processor single logits are read where they lie.
 *
 * <p>Block b of a part with B blocks is its columns b, b + B, b + 2·B, ...: maxima are then taken
 * across blocks, many at once.
 */
final class LogitPart implements AutoCloseable {
  /** Columns of a block of which the maximum is taken. */
  static final int BLOCK = 32;

  /** Elements of an array that passes over it find in the processor's cache: 1 MB of float32. */
  private static final int IN_CACHE = 1 << 18;

  private static final Shape POOL = new Shape(BLOCK, 1);
  private static final Shape NONE = new Shape(0, 0);
  private static final long[] CHANNELS_FIRST = {0, 3, 1, 2};

  private final PtNDArray logits;
  private final boolean inMemory;
  private final int first;
  private final int rows;
  private final int columns;
  private final int blocks;

  private LogitPart(PtNDArray logits, int first, boolean inMemory) {
    this.logits = logits;
    this.inMemory = inMemory;
    this.first = first;
    this.rows = (int) logits.getShape().get(0);
    this.columns = (int) logits.getShape().get(1);
    this.blocks = columns / BLOCK;
  }

  /**
   * A part of a product, which it closes or keeps. Columns up to a multiple of {@link #BLOCK} are
   * filled up with −∞, which only the last part needs.
   *
   * @param product [rows, columns]
   * @param first the head's column that is the first of the part
   * @param inMemory whether the product lies in the processor's memory and is read there
   */
  static LogitPart of(PtNDArray product, int first, boolean inMemory) {
    PtNDArray wide = product;
    if (product.getDataType() != DataType.FLOAT32) {
      wide = JniUtils.to(product, DataType.FLOAT32, product.getDevice());
      product.close();
    }
    long missing = Math.floorMod(-wide.getShape().get(1), (long) BLOCK);
    if (missing == 0) {
      return new LogitPart(wide, first, inMemory);
    }
    NDManager m = wide.getManager();
    Shape shape = new Shape(wide.getShape().get(0), missing);
    PtNDArray filling = Torch.of(m.full(shape, Float.NEGATIVE_INFINITY, DataType.FLOAT32));
    PtNDArray filled = JniUtils.cat(new PtNDArray[] {wide, filling}, 1);
    Torch.close(wide, filling);
    return new LogitPart(filled, first, inMemory);
  }

  /** [rows, columns] in float32. */
  PtNDArray logits() {
    return logits;
  }

  /** The head's column that is the first of the part. */
  int first() {
    return first;
  }

  /** Its columns, those filled up included. */
  int columns() {
    return columns;
  }

  /** How many blocks it has. */
  int blocks() {
    return blocks;
  }

  /** Whether it has a column of the head. */
  boolean has(long column) {
    return column >= first && column < first + columns;
  }

  /** The place of a logit among all of the part, for {@link #at}. */
  int place(int row, long column) {
    return (int) (row * (long) columns + column - first);
  }

  /** The head's column of a place in a row. */
  int column(int row, int place) {
    return place - row * columns + first;
  }

  /** Writes the places of a block's logits, in ascending order of column. */
  void places(int row, int block, int[] result, int from) {
    int start = row * columns + block;
    for (int j = 0; j < BLOCK; j++) {
      result[from + j] = start + j * blocks;
    }
  }

  /** The logits at some places. */
  float[] at(int[] places) {
    return at(logits, places);
  }

  private float[] at(PtNDArray array, int[] places) {
    if (!inMemory) {
      PtNDArray index = Torch.longs(array.getManager(), places, places.length);
      PtNDArray taken = JniUtils.take(array, index, array.getManager());
      float[] values = taken.toFloatArray();
      Torch.close(index, taken);
      return values;
    }
    FloatBuffer memory = memory(array).asFloatBuffer();
    float[] values = new float[places.length];
    for (int i = 0; i < places.length; i++) {
      values[i] = memory.get(places[i]);
    }
    return values;
  }

  /** The memory of an array on a processor, not a copy: good until the array is closed. */
  private static ByteBuffer memory(PtNDArray array) {
    return array.toByteBuffer(true);
  }

  /** The largest logit of each block, [rows · blocks]. */
  float[] maxima() {
    PtNDArray cube = Torch.reshape(logits, rows, BLOCK, 1, blocks);
    PtNDArray turned = JniUtils.permute(cube, CHANNELS_FIRST);
    PtNDArray pooled = JniUtils.maxPool(turned, POOL, POOL, NONE, false);
    float[] result = pooled.toFloatArray();
    Torch.close(cube, turned, pooled);
    return result;
  }

  /**
   * Σ exp(logit − largest of the part) of each row. It is one over the largest one's share of a
   * softmax, which takes a single way through memory and whose every step finds a row in the cache.
   *
   * @param best the block with each row's largest logit
   */
  double[] totals(int[] best) {
    double[] result = new double[best.length];
    int step = inMemory ? Math.max(1, IN_CACHE / columns) : best.length;
    for (int from = 0; from < best.length; from += step) {
      int to = Math.min(best.length, from + step);
      PtNDArray some = Torch.slice(logits, 0, from, to);
      PtNDArray shares = JniUtils.softmax(some, -1, DataType.FLOAT32);
      int[] places = new int[(to - from) * BLOCK];
      for (int i = from; i < to; i++) {
        places(i - from, best[i], places, (i - from) * BLOCK);
      }
      float[] values = at(shares, places);
      for (int i = from; i < to; i++) {
        result[i] = 1.0 / largest(values, (i - from) * BLOCK);
      }
      Torch.close(some, shares);
    }
    return result;
  }

  private static float largest(float[] values, int from) {
    float largest = values[from];
    for (int j = 1; j < BLOCK; j++) {
      largest = Math.max(largest, values[from + j]);
    }
    return largest;
  }

  /**
   * How many logits of some rows are larger than given ones.
   *
   * @param which the rows, in ascending order
   * @param levels the given one for each
   */
  int[] larger(int[] which, float[] levels) {
    return inMemory ? largerInMemory(which, levels) : largerOnDevice(which, levels);
  }

  private int[] largerOnDevice(int[] which, float[] levels) {
    NDManager m = logits.getManager();
    PtNDArray index = Torch.longs(m, which, which.length);
    PtNDArray some = Torch.rows(logits, index);
    PtNDArray level = Torch.floats(m, levels, levels.length, 1);
    PtNDArray above = JniUtils.gt(some, level);
    PtNDArray counts = Torch.sumLast(above);
    int[] result = Arrays.stream(counts.toLongArray()).mapToInt(n -> (int) n).toArray();
    Torch.close(index, some, level, above, counts);
    return result;
  }

  private int[] largerInMemory(int[] which, float[] levels) {
    IntBuffer bits = memory(logits).asIntBuffer();
    int[] row = new int[columns];
    int[] result = new int[levels.length];
    for (int i = 0; i < levels.length; i++) {
      if (i == 0 || which[i] != which[i - 1]) {
        bits.position(which[i] * columns).get(row);
      }
      // Plus zero: −0 would else count as less than 0.
      int level = Float.floatToRawIntBits(levels[i] + 0f);
      result[i] = larger(row, level, level >> 31 >>> 1);
    }
    return result;
  }

  /**
   * How many floats, given by their bits, are larger than one. The bits of floats order as integers
   * do where the level is positive, and in the reverse order where it and they are negative: there
   * all are turned. Without a branch or an overflow, so that the compiler does many at once.
   */
  private static int larger(int[] row, int level, int turn) {
    int turned = level ^ turn;
    int count = 0;
    for (int i = 0; i < row.length; i++) {
      int value = row[i] ^ turn;
      count += ((turned & ~value) | (~(turned ^ value) & (turned - value))) >>> 31;
    }
    return count;
  }

  @Override
  public void close() {
    logits.close();
  }
}
