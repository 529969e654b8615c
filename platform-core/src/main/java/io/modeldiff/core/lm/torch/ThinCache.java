package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.modeldiff.core.lm.arch.TransformerSpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values as [layers, positions, 2, headDim, rows·heads]. Attention of one new position is
 * then a product and a sum over long contiguous rows, with neither mask nor surplus positions: for
 * heads of width 8 three to five times as fast as batched products of tiny matrices.
 */
final class ThinCache implements LaneStore {
  private final NDManager manager;
  private final TransformerSpec spec;
  private final DataType dtype;
  private final int rows;
  private final long columns;
  private final int positions;
  private final PtNDArray all;
  private final PtNDArray[] layers;
  private final PtNDArray[] keys;
  private final PtNDArray[] values;
  private @Nullable PtNDArray turnedKeys;
  private @Nullable PtNDArray turnedValues;

  /** Allocates a cache. */
  ThinCache(NDManager parent, TransformerSpec spec, int rows, int positions, DataType dtype) {
    this(parent.newSubManager(), spec, rows, KvCache.padded(positions), dtype, null);
  }

  private ThinCache(
      NDManager manager,
      TransformerSpec spec,
      int rows,
      int positions,
      DataType dtype,
      @Nullable PtNDArray shared) {
    this.manager = manager;
    this.spec = spec;
    this.dtype = dtype;
    this.rows = rows;
    this.columns = (long) rows * spec.kvHeads();
    this.positions = positions;
    // Zeros, not garbage: a NaN in memory never written would survive a masked attention.
    this.all =
        shared != null
            ? shared
            : Torch.of(
                manager.zeros(
                    new Shape(spec.layers(), positions, 2, spec.headDim(), columns), dtype));
    this.layers = new PtNDArray[spec.layers()];
    this.keys = new PtNDArray[spec.layers()];
    this.values = new PtNDArray[spec.layers()];
    for (int l = 0; l < layers.length; l++) {
      layers[l] = picked(all, 0, l);
      keys[l] = picked(layers[l], 1, 0);
      values[l] = picked(layers[l], 1, 1);
    }
  }

  private static PtNDArray picked(PtNDArray array, int dim, long at) {
    try (PtNDArray one = Torch.slice(array, dim, at, at + 1)) {
      return JniUtils.squeeze(one, dim);
    }
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public LaneStore window(int from, int count) {
    NDManager own = manager.newSubManager();
    long heads = spec.kvHeads();
    PtNDArray view = Torch.slice(all, 4, from * heads, (from + count) * heads);
    view.attach(own);
    return new ThinCache(own, spec, count, positions, dtype, view);
  }

  @Override
  public void write(int layer, int start, int tokens, PtNDArray k, PtNDArray v) {
    put(keys[layer], start, tokens, k);
    put(values[layer], start, tokens, v);
  }

  private void put(PtNDArray to, int start, int tokens, PtNDArray part) {
    try (PtNDArray turned = JniUtils.permute(part, new long[] {1, 2, 0})) {
      JniUtils.indexSet(
          to,
          turned,
          new long[] {start, 0, 0},
          new long[] {start + tokens, spec.headDim(), columns},
          new long[] {1, 1, 1});
    }
  }

  @Override
  public PtNDArray keys(int layer, int length) {
    turnedKeys = turned(turnedKeys, keys[layer], length, 2, 1, 0);
    return turnedKeys;
  }

  @Override
  public PtNDArray values(int layer, int length) {
    turnedValues = turned(turnedValues, values[layer], length, 2, 0, 1);
    return turnedValues;
  }

  /** A copy: batched products of arrays with such strides are a hundred times slower. */
  private static PtNDArray turned(
      @Nullable PtNDArray last, PtNDArray array, int length, long... order) {
    if (last != null) {
      last.close();
    }
    try (PtNDArray head = Torch.slice(array, 0, 0, length);
        PtNDArray view = JniUtils.permute(head, order);
        PtNDArray flat = Torch.reshape(view, view.getShape().get(0), -1)) {
      return Torch.reshape(flat, view.getShape().getShape());
    }
  }

  /**
   * Stores one new position and attends from it.
   *
   * @param heads [rows·heads, 3, headDim]: query, key, value
   * @param first first position that is seen
   * @param start the new position, the last that is seen
   * @return [rows, heads·headDim]
   */
  PtNDArray attend(int layer, PtNDArray heads, int first, int start) {
    PtNDArray turned = JniUtils.permute(heads, new long[] {1, 2, 0});
    PtNDArray flat = Torch.reshape(turned, 3, spec.headDim(), columns);
    PtNDArray q = Torch.slice(flat, 0, 0, 1);
    PtNDArray kv = Torch.slice(flat, 0, 1, 3);
    JniUtils.indexSet(
        layers[layer],
        kv,
        new long[] {start, 0, 0, 0},
        new long[] {start + 1L, 2, spec.headDim(), columns},
        new long[] {1, 1, 1, 1});
    PtNDArray seen = Torch.slice(keys[layer], 0, first, start + 1L);
    PtNDArray products = JniUtils.mul(seen, q);
    PtNDArray scores = JniUtils.sum(products, new long[] {1}, true);
    PtNDArray shares = JniUtils.softmax(scores, 0, scores.getDataType());
    PtNDArray known = Torch.slice(values[layer], 0, first, start + 1L);
    PtNDArray weighted = JniUtils.mul(known, shares);
    PtNDArray mixed = JniUtils.sum(weighted, new long[] {0}, false);
    PtNDArray back = JniUtils.transpose(mixed, 0, 1);
    PtNDArray joined = Torch.reshape(back, rows, (long) spec.heads() * spec.headDim());
    Torch.close(turned, flat, q, kv, seen, products, scores, shares, known, weighted, mixed, back);
    return joined;
  }

  @Override
  public void take(NDManager scratch, LaneStore source, int from, int to, int @Nullable [] index) {
    set(from, to, ((ThinCache) source).columns(scratch, from, to, index));
  }

  @Override
  public void merge(
      NDManager scratch,
      LaneStore source,
      int from,
      int to,
      int @Nullable [] index,
      boolean[] chosen) {
    int heads = spec.kvHeads();
    boolean[] perHead = new boolean[(int) columns];
    for (int i = 0; i < perHead.length; i++) {
      perHead[i] = chosen[i / heads];
    }
    PtNDArray flags = Torch.of(scratch.create(perHead));
    PtNDArray theirs = ((ThinCache) source).columns(scratch, from, to, index);
    PtNDArray mine = Torch.slice(all, 1, from, to);
    PtNDArray merged = JniUtils.where(flags, theirs, mine);
    mine.close();
    set(from, to, merged);
  }

  /** Positions [from, to) of all layers, of all rows or of some; freed here. */
  private void set(int from, int to, PtNDArray content) {
    JniUtils.indexSet(
        all,
        content,
        new long[] {0, from, 0, 0, 0},
        new long[] {spec.layers(), to, 2, spec.headDim(), columns},
        new long[] {1, 1, 1, 1, 1});
    content.close();
  }

  private PtNDArray columns(NDManager scratch, int from, int to, int @Nullable [] index) {
    PtNDArray view = Torch.slice(all, 1, from, to);
    if (index == null) {
      return view;
    }
    int heads = spec.kvHeads();
    long[] at = new long[index.length * heads];
    for (int i = 0; i < at.length; i++) {
      at[i] = (long) index[i / heads] * heads + i % heads;
    }
    PtNDArray narrow = Torch.longs(scratch, at, 1, 1, 1, 1, at.length);
    PtNDArray wide =
        Torch.of(
            narrow.broadcast(new Shape(spec.layers(), to - from, 2, spec.headDim(), at.length)));
    PtNDArray picked = JniUtils.gather(view, wide, 4);
    Torch.close(view, narrow, wide);
    return picked;
  }

  @Override
  public void close() {
    manager.close();
  }
}
