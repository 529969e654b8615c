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
          own, part(own, keys, from, count), part(own, values, from, count), count, heads,
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
    public void close() {
      manager.close();
    }
  }

  private final FoldedWeights weights;
  private final TransformerSpec spec;
  private final NDManager manager;
  private final Activations activations;
  private final PtNDArray epsilon;
  private final PtNDArray one;
  private final PtNDArray cubicShift;
  private final PtNDArray headOf;
  private final PtNDArray toHead;

  FoldedTreePasses(FoldedWeights weights, TransformerSpec spec, NDManager manager) {
    this.weights = weights;
    this.spec = spec;
    this.manager = manager;
    this.activations = new Activations(spec.activation(), manager, DataType.FLOAT32);
    this.epsilon = Torch.floats(manager, new float[] {spec.epsilon()}, 1);
    this.one = Torch.floats(manager, new float[] {1}, 1);
    this.cubicShift = Torch.floats(manager, new float[] {FoldedWeights.cubicShift()}, 1);
    int width = spec.heads() * spec.headDim();
    float[] columns = new float[width * spec.heads()];
    float[] rows = new float[width * spec.heads()];
    for (int i = 0; i < width; i++) {
      int h = i / spec.headDim();
      columns[i * spec.heads() + h] = 1;
      rows[h * width + i] = 1;
    }
    this.headOf = Torch.floats(manager, columns, width, spec.heads());
    this.toHead = Torch.floats(manager, rows, spec.heads(), width);
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
        PtNDArray inner = activate(behindNorm(x, block.up()));
        add(x, Transformer.linear(inner, block.down()));
        inner.close();
      }
      PtNDArray logits = behindNorm(x, weights.head);
      float[] logp = JniUtils.logSoftmax(logits, -1, DataType.FLOAT32).toFloatArray();
      int positions = parents == null ? 1 : parents.positions() + 1;
      Stems children =
          own == null
              ? null
              : new Kept(own, keys, values, columns.length, spec.heads(), positions);
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

  /** A folded matrix times x over its root mean square, plus one; x has mean zero. */
  private PtNDArray behindNorm(PtNDArray x, PtNDArray matrix) {
    PtNDArray squares = JniUtils.square(x);
    PtNDArray mean = JniUtils.mean(squares, -1, true);
    JniUtils.addi(mean, epsilon);
    PtNDArray root = JniUtils.sqrt(mean);
    PtNDArray y = JniUtils.div(x, root);
    JniUtils.addi(y, one);
    PtNDArray product = JniUtils.linear(y, matrix, null);
    Torch.close(squares, mean, root, y);
    return product;
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

  private PtNDArray attend(
      PtNDArray fused, @Nullable Kept parents, int l, int rows, int siblings) {
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
    PtNDArray ownWide = JniUtils.matmul(own, toHead);

    PtNDArray split = Torch.reshape(q, rows, siblings, heads, hd);
    PtNDArray turned = JniUtils.transpose(split, 1, 2);
    PtNDArray byHead = Torch.reshape(turned, rows * heads, siblings, hd);
    PtNDArray scores = JniUtils.bmm(byHead, parents.keys()[l]);
    PtNDArray shares = JniUtils.exp(scores);
    PtNDArray sums = JniUtils.bmm(shares, parents.values()[l]);
    PtNDArray grouped = Torch.reshape(sums, rows, heads, siblings, 2, hd);
    PtNDArray ordered = JniUtils.permute(grouped, new long[] {0, 2, 3, 1, 4});
    PtNDArray joined = Torch.reshape(ordered, (long) rows * siblings, 2 * heads * hd);
    PtNDArray mixed = Torch.slice(joined, 1, 0, heads * hd);
    PtNDArray total = Torch.slice(joined, 1, heads * hd, 2 * heads * hd);
    JniUtils.addi(total, ownWide);
    JniUtils.muli(ownWide, v);
    JniUtils.addi(mixed, ownWide);
    JniUtils.divi(mixed, total);
    Torch.close(q, k, v, products, score, own, ownWide, split, turned, byHead, scores, shares);
    Torch.close(sums, grouped, ordered, joined, total);
    return mixed;
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
  public long bytesPerRow(int positions) {
    return 12L * spec.layers() * spec.heads() * spec.headDim() * positions;
  }

  @Override
  public void close() {
    manager.close();
  }
}
