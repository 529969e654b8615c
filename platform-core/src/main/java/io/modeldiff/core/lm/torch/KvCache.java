package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.modeldiff.core.lm.arch.TransformerSpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values of all layers for a fixed number of rows, allocated once for all positions. One
 * array [2·layers, rows·kvHeads, positions, headDim] holds them (keys of layer l at 2l, values at
 * 2l + 1), so that copying, accepting and re-indexing cost one operation for all layers. Views that
 * a step needs are made once and kept.
 */
final class KvCache implements LaneStore {
  private static final long[] ONES = {1, 1, 1};
  private static final long[] ONES4 = {1, 1, 1, 1};

  private final NDManager manager;
  private final TransformerSpec spec;
  private final PtNDArray all;
  private final int rows;
  private final int positions;
  private final PtNDArray[] keys;
  private final PtNDArray[] values;
  private final @Nullable PtNDArray[][] keyViews;
  private final @Nullable PtNDArray[][] valueViews;

  /** Allocates a cache. */
  KvCache(NDManager parent, TransformerSpec spec, int rows, int positions, DataType dtype) {
    this(
        parent.newSubManager(),
        spec,
        rows,
        positions,
        // Zeros, not garbage: a NaN in memory never written would survive a masked attention.
        m ->
            Torch.of(
                m.zeros(
                    new Shape(
                        2L * spec.layers(),
                        (long) rows * spec.kvHeads(),
                        padded(positions),
                        spec.headDim()),
                    dtype)));
  }

  private KvCache(
      NDManager manager,
      TransformerSpec spec,
      int rows,
      int positions,
      java.util.function.Function<NDManager, PtNDArray> storage) {
    this.manager = manager;
    this.spec = spec;
    this.rows = rows;
    this.positions = padded(positions);
    this.all = storage.apply(manager);
    this.keys = new PtNDArray[spec.layers()];
    this.values = new PtNDArray[spec.layers()];
    for (int l = 0; l < spec.layers(); l++) {
      keys[l] = layer(2 * l);
      values[l] = layer(2 * l + 1);
    }
    this.keyViews = new PtNDArray[spec.layers()][this.positions + 1];
    this.valueViews = new PtNDArray[spec.layers()][this.positions + 1];
  }

  private PtNDArray layer(int index) {
    PtNDArray one = Torch.slice(all, 0, index, index + 1);
    PtNDArray flat = JniUtils.squeeze(one, 0);
    one.close();
    return flat;
  }

  /**
   * Attention over cached positions covers a multiple of 16 of them, the surplus masked: a softmax
   * over rows that do not fill the vector registers is up to ten times slower.
   */
  static int padded(int positions) {
    return (positions + 15) / 16 * 16;
  }

  @Override
  public KvCache window(int from, int count) {
    NDManager own = manager.newSubManager();
    long kv = spec.kvHeads();
    return new KvCache(
        own,
        spec,
        count,
        positions,
        m -> {
          PtNDArray view = Torch.slice(all, 1, from * kv, (from + count) * kv);
          view.attach(m);
          return view;
        });
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public void write(int layer, int start, int tokens, PtNDArray k, PtNDArray v) {
    long[] from = {0, start, 0};
    long[] to = {(long) rows * spec.kvHeads(), start + tokens, spec.headDim()};
    JniUtils.indexSet(keys[layer], k, from, to, ONES);
    JniUtils.indexSet(values[layer], v, from, to, ONES);
  }

  @Override
  public PtNDArray keys(int layer, int length) {
    PtNDArray view = keyViews[layer][length];
    if (view == null) {
      PtNDArray head = Torch.slice(keys[layer], 1, 0, length);
      view = JniUtils.transpose(head, 1, 2);
      head.close();
      keyViews[layer][length] = view;
    }
    return view;
  }

  @Override
  public PtNDArray values(int layer, int length) {
    PtNDArray view = valueViews[layer][length];
    if (view == null) {
      view = Torch.slice(values[layer], 1, 0, length);
      valueViews[layer][length] = view;
    }
    return view;
  }

  /** All layers at positions [from, to): [2·layers, rows·kvHeads, to − from, headDim], a view. */
  private PtNDArray positions(int from, int to) {
    return Torch.slice(all, 2, from, to);
  }

  /** Overwrites positions [from, to) of all layers and rows. */
  private void set(int from, int to, PtNDArray content) {
    JniUtils.indexSet(
        all,
        content,
        new long[] {0, 0, from, 0},
        new long[] {2L * spec.layers(), (long) rows * spec.kvHeads(), to, spec.headDim()},
        ONES4);
  }

  /**
   * Rows of positions [from, to) picked by index: row r of the result is row index[r] of this
   * cache.
   *
   * @return [2·layers, |index|·kvHeads, to − from, headDim] in {@code scratch}
   */
  private PtNDArray gather(NDManager scratch, int from, int to, int[] index) {
    long layers = 2L * spec.layers();
    long width = (long) spec.kvHeads() * (to - from) * spec.headDim();
    long[] flat = new long[(int) layers * index.length];
    for (int l = 0; l < layers; l++) {
      for (int r = 0; r < index.length; r++) {
        flat[l * index.length + r] = (long) l * rows + index[r];
      }
    }
    PtNDArray view = positions(from, to);
    PtNDArray table = Torch.reshape(view, layers * rows, width);
    PtNDArray picked = Torch.rows(table, Torch.longs(scratch, flat, flat.length));
    Torch.close(view, table);
    return Torch.reshape(
        picked, layers, (long) index.length * spec.kvHeads(), to - from, spec.headDim());
  }

  @Override
  public void take(NDManager scratch, LaneStore source, int from, int to, int @Nullable [] index) {
    PtNDArray content = ((KvCache) source).rows(scratch, from, to, index);
    set(from, to, content);
    content.close();
  }

  private PtNDArray rows(NDManager scratch, int from, int to, int @Nullable [] index) {
    return index == null ? positions(from, to) : gather(scratch, from, to, index);
  }

  @Override
  public void merge(
      NDManager scratch,
      LaneStore source,
      int from,
      int to,
      int @Nullable [] index,
      boolean[] chosen) {
    int kv = spec.kvHeads();
    boolean[] perHead = new boolean[rows * kv];
    for (int i = 0; i < perHead.length; i++) {
      perHead[i] = chosen[i / kv];
    }
    PtNDArray flags = Torch.of(scratch.create(perHead, new Shape(1, (long) rows * kv, 1, 1)));
    PtNDArray mine = positions(from, to);
    PtNDArray theirs = ((KvCache) source).rows(scratch, from, to, index);
    PtNDArray merged = JniUtils.where(flags, theirs, mine);
    set(from, to, merged);
    Torch.close(mine, theirs, merged);
  }

  /**
   * Fills this cache with the children of the rows of another, in which {@code siblings}
   * alternatives stand at position {@code start}: row r·siblings + a gets row r's positions before
   * start and, at start, alternative a.
   */
  void setChildren(KvCache parents, int start, int siblings) {
    long layers = 2L * spec.layers();
    long kv = spec.kvHeads();
    long hd = spec.headDim();
    long count = parents.rows;
    PtNDArray mine = Torch.reshape(all, layers, count, siblings, kv, positions, hd);
    if (start > 0) {
      PtNDArray before = parents.positions(0, start);
      PtNDArray once = Torch.reshape(before, layers, count, 1, kv, start, hd);
      long[] end = {layers, count, siblings, kv, start, hd};
      JniUtils.indexSet(mine, once, new long[6], end, new long[] {1, 1, 1, 1, 1, 1});
      Torch.close(before, once);
    }
    PtNDArray slots = parents.positions(start, start + siblings);
    PtNDArray split = Torch.reshape(slots, layers, count, kv, siblings, hd);
    PtNDArray turned = JniUtils.transpose(split, 2, 3);
    PtNDArray own = JniUtils.unsqueeze(turned, 4);
    long[] from = {0, 0, 0, 0, start, 0};
    long[] to = {layers, count, siblings, kv, start + 1L, hd};
    JniUtils.indexSet(mine, own, from, to, new long[] {1, 1, 1, 1, 1, 1});
    Torch.close(mine, slots, split, turned, own);
  }

  @Override
  public void close() {
    manager.close();
  }
}
