package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import io.modeldiff.core.lm.arch.TransformerSpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values of a fixed number of rows, allocated once for all positions. There are two
 * layouts: {@link KvCache} keeps each head's positions together, for batched matrix products, and
 * {@link ThinCache} keeps all heads of all rows together, for heads so narrow that a product of
 * matrices costs more in calls than in arithmetic.
 */
sealed interface LaneStore extends AutoCloseable permits KvCache, ThinCache {
  /** A head this narrow is cheaper element by element. */
  int THIN = 16;

  /** A store in the layout that suits a model. */
  static LaneStore open(
      NDManager parent, TransformerSpec spec, int rows, int positions, DataType dtype) {
    return spec.headDim() <= THIN && spec.group() == 1
        ? new ThinCache(parent, spec, rows, positions, dtype)
        : new KvCache(parent, spec, rows, positions, dtype);
  }

  /** Number of rows. */
  int rows();

  /** A store over rows [from, from + count) of this one, sharing its memory. */
  LaneStore window(int from, int count);

  /**
   * Stores new positions of one layer.
   *
   * @param k [rows·kvHeads, tokens, headDim]
   * @param v likewise
   */
  void write(int layer, int start, int tokens, PtNDArray k, PtNDArray v);

  /** Keys of the first positions: [rows·kvHeads, headDim, length]; good until the next call. */
  PtNDArray keys(int layer, int length);

  /** Values of the first positions: [rows·kvHeads, length, headDim]; good until the next call. */
  PtNDArray values(int layer, int length);

  /**
   * Copies positions [from, to) of another store of the same layout.
   *
   * @param index row r becomes the source's row index[r]; null when the rows are the same
   */
  void take(NDManager scratch, LaneStore source, int from, int to, int @Nullable [] index);

  /** The same, but only for the rows that are chosen; the others keep what they have. */
  void merge(
      NDManager scratch,
      LaneStore source,
      int from,
      int to,
      int @Nullable [] index,
      boolean[] chosen);

  @Override
  void close();
}
