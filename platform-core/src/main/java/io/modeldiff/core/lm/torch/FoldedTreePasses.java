package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.modeldiff.core.lm.arch.Activation;
import io.modeldiff.core.lm.arch.TransformerSpec;
import org.jspecify.annotations.Nullable;

/**
 * Passes with {@link FoldedWeights}. A child attends to its parent's S positions, in one small
 * product per parent and head, and to itself, element by element; softmax is a quotient of sums of
 * exponentials, the denominator coming out of the same product as the numerator because ones stand
 * beside the values.
 */
final class FoldedTreePasses implements TreePasses {
  /**
   * Keys and values of prefixes.
   *
   * @param keys per layer [rows·heads, headDim, S]
   * @param values per layer [rows·heads, S, 2·headDim], ones in the second half
   */
  private record Kept(
      NDManager manager, PtNDArray[] keys, PtNDArray[] values, int rows, int heads, int positions)
      implements Stems {
    @Override
    public Stems window(int from, int count) {
      NDManager own = manager.newSubManager();
      return new Kept(
          own,
          part(own, keys, from, count),
          part(own, values, from, count),
          count,
          heads,
          positions);
    }

    private PtNDArray[] part(NDManager own, PtNDArray[] all, int from, int count) {
      PtNDArray[] some = new PtNDArray[all.length];
      for (int l = 0; l < all.length; l++) {
        some[l] = Torch.slice(all[l], 0, (long) from * heads, (long) (from + count) * heads);
        some[l].attach(own);
      }
      return some;
    }

    @Override
    public Stems pick(int[] some) {
      NDManager own = manager.newSubManager();
      PtNDArray ids = Torch.longs(own, some, some.length);
      return new Kept(
          own, picked(own, keys, ids), picked(own, values, ids), some.length, heads, positions);
    }

    private PtNDArray[] picked(NDManager own, PtNDArray[] all, PtNDArray ids) {
      PtNDArray[] some = new PtNDArray[all.length];
      for (int l = 0; l < all.length; l++) {
        Shape shape = all[l].getShape();
        long perRow = shape.size() / rows;
        PtNDArray table = Torch.reshape(all[l], rows, perRow);
        PtNDArray chosen = Torch.rows(table, ids);
        some[l] = Torch.reshape(chosen, ids.size() * heads, shape.get(1), shape.get(2));
        some[l].attach(own);
        Torch.close(table, chosen);
      }
      return some;
    }

    @Override
    public void close() {
      manager.close();
    }
  }

  /** Rows of one feed-forward product. */
  private static final int INNER_ROWS = 512;

  private final FoldedWeights weights;
  private final TransformerSpec spec;
  private final NDManager manager;
  private final Activations activations;
  private final Shape width;
  private final PtNDArray ones;
  private final PtNDArray one;
  private final PtNDArray cubicShift;
  private final PtNDArray headOf;
  private final PtNDArray toHead;

  FoldedTreePasses(FoldedWeights weights, TransformerSpec spec, NDManager manager) {
    this.weights = weights;
    this.spec = spec;
    this.manager = manager;
    this.activations = new Activations(spec.activation(), manager, DataType.FLOAT32);
    this.width = new Shape(spec.width());
    this.ones = Torch.of(manager.ones(width));
    this.one = Torch.floats(manager, new float[] {1}, 1);
    this.cubicShift = Torch.floats(manager, new float[] {FoldedWeights.cubicShift()}, 1);
    int inHeads = spec.heads() * spec.headDim();
    float[] columns = new float[inHeads * spec.heads()];
    float[] rows = new float[inHeads * spec.heads()];
    for (int i = 0; i < inHeads; i++) {
      int h = i / spec.headDim();
      columns[i * spec.heads() + h] = 1;
      rows[h * inHeads + i] = 1;
    }
    this.headOf = Torch.floats(manager, columns, inHeads, spec.heads());
    this.toHead = Torch.floats(manager, rows, spec.heads(), inHeads);
  }

  @Override
  public Stems root(KvCache cache, int positions) {
    NDManager own = manager.newSubManager();
    PtNDArray[] keys = new PtNDArray[spec.layers()];
    PtNDArray[] values = new PtNDArray[spec.layers()];
    Shape beside = new Shape(spec.heads(), positions, spec.headDim());
    PtNDArray ones = Torch.of(own.ones(beside));
    for (int l = 0; l < spec.layers(); l++) {
      keys[l] = JniUtils.clone(cache.keys(l, positions));
      values[l] = JniUtils.cat(new PtNDArray[] {cache.values(l, positions), ones}, -1);
      keys[l].attach(own);
      values[l].attach(own);
    }
    ones.close();
    return new Kept(own, keys, values, 1, spec.heads(), positions);
  }

  @Override
  public Expanded expand(
      @Nullable Stems stems, long[] columns, int siblings, int at, int depth, boolean keep) {
    Kept parents = (Kept) stems;
    int rows = columns.length / siblings;
    NDManager own = keep ? manager.newSubManager() : null;
    PtNDArray[] keys = new PtNDArray[spec.layers()];
    PtNDArray[] values = new PtNDArray[spec.layers()];
    try (NDManager m = manager.newSubManager()) {
      PtNDArray x = embed(m, columns, at);
      for (int l = 0; l < spec.layers(); l++) {
        FoldedWeights.Block block = weights.blocks[l];
        PtNDArray fused = behindNorm(x, block.qkv());
        if (own != null) {
          keys[l] = childKeys(fused, parents, l, rows, siblings);
          values[l] = childValues(fused, parents, l, rows, siblings);
          keys[l].attach(own);
          values[l].attach(own);
        }
        PtNDArray mixed = attend(fused, parents, l, rows, siblings);
        add(x, Transformer.linear(mixed, block.out()));
        Torch.close(mixed, fused);
        feedForward(x, block, columns.length);
      }
      PtNDArray logits = behindNorm(x, weights.head);
      float[] logp = JniUtils.logSoftmax(logits, -1, DataType.FLOAT32).toFloatArray();
      int positions = parents == null ? 1 : parents.positions() + 1;
      Stems children =
          own == null ? null : new Kept(own, keys, values, columns.length, spec.heads(), positions);
      return new Expanded(logp, children);
    }
  }

  private PtNDArray embed(NDManager m, long[] columns, int at) {
    PtNDArray x = Torch.rows(weights.tokens, Torch.longs(m, columns, columns.length));
    if (weights.positions != null) {
      add(x, Torch.slice(weights.positions, 0, at, at + 1));
    }
    return x;
  }

  private static void add(PtNDArray x, PtNDArray y) {
    JniUtils.addi(x, y);
    y.close();
  }

  /** A folded matrix times normalised x plus one. */
  private PtNDArray behindNorm(PtNDArray x, PtNDArray matrix) {
    PtNDArray y = JniUtils.layerNorm(x, width, ones, ones, spec.epsilon());
    PtNDArray product = JniUtils.linear(y, matrix, null);
    y.close();
    return product;
  }

  /**
   * Adds the feed-forward layer to x, a part of the rows at a time: its arrays are the widest ones
   * and should not leave the cache.
   */
  private void feedForward(PtNDArray x, FoldedWeights.Block block, int total) {
    for (int from = 0; from < total; from += INNER_ROWS) {
      int to = Math.min(total, from + INNER_ROWS);
      PtNDArray some = Torch.slice(x, 0, from, to);
      PtNDArray inner = activate(behindNorm(some, block.up()));
      add(some, Transformer.linear(inner, block.down()));
      Torch.close(inner, some);
    }
  }

  private PtNDArray activate(PtNDArray u) {
    if (spec.activation() != Activation.GELU_TANH) {
      return activations.apply(u, false);
    }
    PtNDArray t = JniUtils.square(u);
    JniUtils.addi(t, cubicShift);
    JniUtils.muli(t, u);
    PtNDArray e = JniUtils.exp(t);
    JniUtils.addi(e, one);
    JniUtils.divi(u, e);
    Torch.close(t, e);
    return u;
  }

  private PtNDArray part(PtNDArray fused, int index) {
    int width = spec.heads() * spec.headDim();
    return Torch.slice(fused, 1, (long) index * width, (index + 1L) * width);
  }

  private PtNDArray attend(PtNDArray fused, @Nullable Kept parents, int l, int rows, int siblings) {
    PtNDArray v = part(fused, 2);
    if (parents == null) {
      return v;
    }
    long heads = spec.heads();
    long hd = spec.headDim();
    PtNDArray q = part(fused, 0);
    PtNDArray k = part(fused, 1);
    PtNDArray products = JniUtils.mul(q, k);
    PtNDArray score = JniUtils.matmul(products, headOf);
    PtNDArray own = JniUtils.exp(score);
    PtNDArray total = JniUtils.matmul(own, toHead);
    PtNDArray mixed = JniUtils.mul(total, v);

    PtNDArray split = Torch.reshape(q, rows, siblings, heads, hd);
    PtNDArray turned = JniUtils.transpose(split, 1, 2);
    PtNDArray byHead = Torch.reshape(turned, rows * heads, siblings, hd);
    PtNDArray scores = JniUtils.bmm(byHead, parents.keys()[l]);
    PtNDArray shares = JniUtils.exp(scores);
    PtNDArray sums = JniUtils.bmm(shares, parents.values()[l]);
    PtNDArray grouped = Torch.reshape(sums, rows, heads, siblings, 2 * hd);
    PtNDArray back = JniUtils.transpose(grouped, 1, 2);
    addByHead(mixed, Torch.slice(back, 3, 0, hd));
    addByHead(total, Torch.slice(back, 3, hd, 2 * hd));
    JniUtils.divi(mixed, total);
    Torch.close(q, k, v, products, score, own, total, split, turned, byHead, scores, shares);
    Torch.close(sums, grouped, back);
    return mixed;
  }

  /** Adds [rows, siblings, heads, headDim] to [rows·siblings, heads·headDim]. */
  private static void addByHead(PtNDArray x, PtNDArray y) {
    PtNDArray view = JniUtils.reshape(x, y.getShape().getShape());
    add(view, y);
    view.close();
  }

  /** The parents' keys and, behind them, each child's own. */
  private PtNDArray childKeys(
      PtNDArray fused, @Nullable Kept parents, int l, int rows, int siblings) {
    long heads = spec.heads();
    long hd = spec.headDim();
    PtNDArray k = part(fused, 1);
    long children = (long) rows * siblings;
    if (parents == null) {
      PtNDArray first = JniUtils.clone(k);
      k.close();
      return replace(first, Torch.reshape(first, children * heads, hd, 1));
    }
    long s = parents.positions();
    PtNDArray last = Torch.reshape(k, rows, siblings, heads, hd, 1);
    PtNDArray once = Torch.reshape(parents.keys()[l], rows, 1, heads, hd, s);
    PtNDArray before = JniUtils.broadcast(once, new Shape(rows, siblings, heads, hd, s));
    PtNDArray all = JniUtils.cat(new PtNDArray[] {before, last}, 4);
    Torch.close(k, last, once, before);
    return replace(all, Torch.reshape(all, children * heads, hd, s + 1));
  }

  /** The parents' values and, behind them, each child's own. */
  private PtNDArray childValues(
      PtNDArray fused, @Nullable Kept parents, int l, int rows, int siblings) {
    long heads = spec.heads();
    long hd = spec.headDim();
    PtNDArray v = part(fused, 2);
    long children = (long) rows * siblings;
    PtNDArray own = Torch.reshape(v, rows, siblings, heads, 1, hd);
    PtNDArray ones = JniUtils.broadcast(one, new Shape(rows, siblings, heads, 1, hd));
    PtNDArray last = JniUtils.cat(new PtNDArray[] {own, ones}, 4);
    Torch.close(v, own, ones);
    if (parents == null) {
      return replace(last, Torch.reshape(last, children * heads, 1, 2 * hd));
    }
    long s = parents.positions();
    PtNDArray once = Torch.reshape(parents.values()[l], rows, 1, heads, s, 2 * hd);
    PtNDArray before = JniUtils.broadcast(once, new Shape(rows, siblings, heads, s, 2 * hd));
    PtNDArray all = JniUtils.cat(new PtNDArray[] {before, last}, 3);
    Torch.close(last, once, before);
    return replace(all, Torch.reshape(all, children * heads, s + 1, 2 * hd));
  }

  private static PtNDArray replace(PtNDArray old, PtNDArray now) {
    old.close();
    return now;
  }

  @Override
  public boolean picks() {
    return true;
  }

  @Override
  public long bytesPerRow(int positions) {
    return 12L * spec.layers() * spec.heads() * spec.headDim() * positions;
  }

  @Override
  public void close() {
    manager.close();
  }
}
