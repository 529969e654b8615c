package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.modeldiff.core.lm.arch.Norm;
import io.modeldiff.core.lm.arch.TransformerSpec;
import io.modeldiff.core.lm.arch.TransformerWeights;
import io.modeldiff.core.lm.arch.TransformerWeights.Affine;
import io.modeldiff.core.lm.arch.TransformerWeights.Layer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The forward pass of every architecture, in as few libtorch calls as possible: fused projections,
 * scales folded into weights, in-place arithmetic, views of a preallocated cache. Activations are
 * two-dimensional [rows·tokens, width] except inside attention.
 */
final class Transformer {
  private final TransformerSpec spec;
  private final TransformerWeights weights;
  private final List<Layer> layers;
  private final NDManager manager;
  private final DataType dtype;
  private final boolean half;
  private final Shape width;
  private final Activations activations;
  private final PtNDArray epsilon;
  private final PtNDArray embeddingScale;
  private final @Nullable Rotary rotary;
  private @Nullable Consumer<PtNDArray> attentionWatcher;

  Transformer(TransformerSpec spec, TransformerWeights weights, NDManager manager, DataType dtype) {
    this.spec = spec;
    this.weights = weights;
    this.layers = weights.layers();
    this.manager = manager;
    this.dtype = dtype;
    this.half = dtype == DataType.FLOAT16;
    this.width = new Shape(spec.width());
    this.activations = new Activations(spec.activation(), manager, dtype);
    this.epsilon = Torch.floats(manager, new float[] {spec.epsilon()}, 1);
    this.embeddingScale = scalar(spec.embeddingScale());
    this.rotary = spec.rope() == null ? null : new Rotary(spec, spec.rope(), manager, dtype);
  }

  private PtNDArray scalar(float value) {
    return Torch.of(manager.create(new float[] {value}).toType(dtype, false));
  }

  /**
   * Shows the attention weights [rows·heads, tokens, length] of each layer to a watcher, until told
   * otherwise. On the device's thread only.
   */
  void watchAttention(@Nullable Consumer<PtNDArray> watcher) {
    attentionWatcher = watcher;
  }

  TransformerSpec spec() {
    return spec;
  }

  TransformerWeights weights() {
    return weights;
  }

  DataType dtype() {
    return dtype;
  }

  /**
   * Embeds tokens.
   *
   * @param ids [rows·tokens] int64
   * @param table [.., d] token embeddings, the model's or a subset's
   * @return [rows·tokens, d] without positions
   */
  PtNDArray embed(PtNDArray ids, PtNDArray table) {
    PtNDArray x = Torch.rows(table, ids);
    if (spec.embeddingScale() != 1f) {
      JniUtils.muli(x, embeddingScale);
    }
    return x;
  }

  /**
   * Runs the blocks.
   *
   * @param embedded [rows·tokens, d] from {@link #embed}; consumed
   * @return [rows·tokens, d] after the final norm, in the manager of {@code embedded}
   */
  PtNDArray run(PtNDArray embedded, Pass pass) {
    return normed(blocks(embedded, pass, layers.size()));
  }

  /**
   * Runs the blocks for what one position of each row comes to: the last block of a post-norm model
   * is run for these alone.
   *
   * @param at [rows] indices among rows·tokens; freed
   * @param embedded [rows·tokens, d]; consumed
   * @param pass without cache and mask
   * @return [rows, d] after the final norm
   */
  PtNDArray runTo(PtNDArray at, PtNDArray embedded, Pass pass) {
    int last = layers.size() - 1;
    PtNDArray x;
    if (spec.postNorm() && rotary == null) {
      PtNDArray all = blocks(embedded, pass, last);
      x = lastPostNormBlock(all, at, layers.get(last), last, pass);
      all.close();
    } else {
      PtNDArray all = blocks(embedded, pass, layers.size());
      x = replace(all, Torch.rows(all, at));
    }
    at.close();
    return normed(x);
  }

  private PtNDArray blocks(PtNDArray embedded, Pass pass, int count) {
    PtNDArray x = addPositions(embedded, pass);
    Affine embeddingNorm = weights.embeddingNorm();
    if (embeddingNorm != null) {
      x = replace(x, norm(x, embeddingNorm));
    }
    for (int l = 0; l < count; l++) {
      Layer layer = layers.get(l);
      x = spec.postNorm() ? postNormBlock(x, layer, l, pass) : preNormBlock(x, layer, l, pass);
    }
    return x;
  }

  private PtNDArray normed(PtNDArray x) {
    Affine finalNorm = weights.finalNorm();
    return finalNorm != null || spec.norm() == Norm.RMS ? replace(x, norm(x, finalNorm)) : x;
  }

  private PtNDArray addPositions(PtNDArray x, Pass pass) {
    NDArray table = weights.positions();
    if (table == null) {
      return x;
    }
    Packing packing = pass.packing();
    PtNDArray rows =
        packing == null
            ? Torch.slice(Torch.of(table), 0, pass.start(), pass.endPosition())
            : Torch.rows(Torch.of(table), packing.positions());
    PtNDArray sum;
    if (packing != null || pass.tokens() == 1 || pass.siblings()) {
      sum = add(x, rows, pass.gradient());
    } else {
      PtNDArray cube = Torch.reshape(x, pass.rows(), pass.tokens(), spec.width());
      PtNDArray shifted = add(cube, rows, pass.gradient());
      sum = Torch.reshape(shifted, (long) pass.rows() * pass.tokens(), spec.width());
      Torch.close(cube);
      if (shifted != cube) {
        shifted.close();
      }
    }
    if (sum != x) {
      x.close();
    }
    rows.close();
    return sum;
  }

  private PtNDArray preNormBlock(PtNDArray x, Layer layer, int l, Pass pass) {
    PtNDArray a = norm(x, layer.norm1());
    PtNDArray attended = attention(a, layer, l, pass);
    if (spec.parallel()) {
      PtNDArray b = norm(x, layer.norm2());
      PtNDArray fed = feedForward(b, layer, pass);
      return sumInto(sumInto(fed, attended, pass), x, pass);
    }
    PtNDArray middle = sumInto(attended, x, pass);
    PtNDArray fed = feedForward(norm(middle, layer.norm2()), layer, pass);
    return sumInto(fed, middle, pass);
  }

  private PtNDArray postNormBlock(PtNDArray x, Layer layer, int l, Pass pass) {
    return afterAttention(attention(x, layer, l, pass, false), x, layer, pass);
  }

  /** Of all positions [rows·tokens, d] to those at {@code at}, [rows, d]. */
  private PtNDArray lastPostNormBlock(PtNDArray x, PtNDArray at, Layer layer, int l, Pass pass) {
    PtNDArray fused = linear(x, layer.qkv(), pass);
    PtNDArray own = Torch.rows(fused, at);
    long heads = (long) pass.rows() * spec.kvHeads();
    PtNDArray parts = Torch.reshape(own, heads, spec.group() + 2L, spec.headDim());
    PtNDArray query = Torch.slice(parts, 1, 0, spec.group());
    PtNDArray mixed = mixed(query, byHead(fused, pass), l, pass);
    PtNDArray joined = Torch.reshape(mixed, pass.rows(), (long) spec.heads() * spec.headDim());
    PtNDArray out = linear(joined, layer.out(), pass);
    Torch.close(own, parts, query, mixed, joined);
    return afterAttention(out, Torch.rows(x, at), layer, pass);
  }

  /** What queries [R·kvHeads, q, headDim] see of all positions; frees {@code heads}. */
  private PtNDArray mixed(PtNDArray query, PtNDArray heads, int l, Pass pass) {
    long t = pass.tokens();
    PtNDArray k = Torch.slice(heads, 1, t * spec.group(), t * (spec.group() + 1L));
    PtNDArray v = Torch.slice(heads, 1, t * (spec.group() + 1L), t * (spec.group() + 2L));
    PtNDArray kt = JniUtils.transpose(k, 1, 2);
    PtNDArray mixed = attend(query, kt, v, pass, l);
    Torch.close(k, v, kt, heads);
    return mixed;
  }

  private PtNDArray afterAttention(PtNDArray out, PtNDArray x, Layer layer, Pass pass) {
    PtNDArray attended = sumInto(out, x, pass);
    PtNDArray middle = replace(attended, norm(attended, layer.norm1()));
    PtNDArray fed = sumInto(feedForward(middle, layer, pass, false), middle, pass);
    return replace(fed, norm(fed, layer.norm2()));
  }

  /** a + b, in a where nothing is differentiated; b is freed. */
  private static PtNDArray sumInto(PtNDArray a, PtNDArray b, Pass pass) {
    PtNDArray sum = add(a, b, pass.gradient());
    if (sum != a) {
      a.close();
    }
    b.close();
    return sum;
  }

  private static PtNDArray add(PtNDArray a, PtNDArray b, boolean gradient) {
    if (gradient) {
      return JniUtils.add(a, b);
    }
    JniUtils.addi(a, b);
    return a;
  }

  private static PtNDArray replace(PtNDArray old, PtNDArray now) {
    old.close();
    return now;
  }

  PtNDArray norm(PtNDArray x, @Nullable Affine affine) {
    if (spec.norm() == Norm.LAYER && affine != null) {
      NDArray bias = affine.bias();
      return JniUtils.layerNorm(
          x,
          width,
          Torch.of(affine.weight()),
          bias == null ? null : Torch.of(bias),
          spec.epsilon());
    }
    return rmsNorm(x, affine);
  }

  private PtNDArray rmsNorm(PtNDArray x, @Nullable Affine affine) {
    PtNDArray wide = half ? JniUtils.to(x, DataType.FLOAT32, x.getDevice()) : x;
    PtNDArray squares = JniUtils.square(wide);
    PtNDArray mean = JniUtils.mean(squares, -1, true);
    PtNDArray shifted = JniUtils.add(mean, epsilon);
    PtNDArray root = JniUtils.sqrt(shifted);
    PtNDArray y = JniUtils.div(wide, root);
    Torch.close(squares, mean, shifted, root);
    if (half) {
      wide.close();
      y = replace(y, JniUtils.to(y, DataType.FLOAT16, y.getDevice()));
    }
    return affine == null ? y : replace(y, JniUtils.mul(y, Torch.of(affine.weight())));
  }

  static PtNDArray linear(PtNDArray x, Affine affine) {
    NDArray bias = affine.bias();
    return JniUtils.linear(x, Torch.of(affine.weight()), bias == null ? null : Torch.of(bias));
  }

  private static PtNDArray linear(PtNDArray x, Affine affine, Pass pass) {
    NDArray bias = affine.bias();
    return pass.bulk()
        ? Products.bulk(x, Torch.of(affine.weight()), bias == null ? null : Torch.of(bias))
        : linear(x, affine);
  }

  private PtNDArray attention(PtNDArray a, Layer layer, int l, Pass pass) {
    return attention(a, layer, l, pass, true);
  }

  /** Self-attention of [rows·tokens, d]; frees its input when told to. */
  private PtNDArray attention(PtNDArray a, Layer layer, int l, Pass pass, boolean free) {
    Packing packing = pass.packing();
    PtNDArray fused = linear(a, layer.qkv(), pass);
    if (free) {
      a.close();
    }
    if (packing != null) {
      fused = replace(fused, Torch.rows(fused, packing.rectangle()));
    }
    PtNDArray heads = byHead(fused, pass);
    if (rotary != null) {
      heads = replace(heads, rotary.apply(heads, pass));
    }
    PtNDArray joined =
        pass.cache() instanceof ThinCache thin && pass.tokens() == 1
            ? thin.attend(l, heads, firstSeen(l, pass.start()), pass.start())
            : joinHeads(mixed(heads, l, pass), pass);
    heads.close();
    if (packing != null) {
      joined = replace(joined, Torch.rows(joined, packing.places()));
    }
    PtNDArray out = linear(joined, layer.out(), pass);
    joined.close();
    return out;
  }

  /** First position that a token at {@code start} attends to. */
  private int firstSeen(int layer, int start) {
    return spec.windowed().get(layer) ? Math.max(0, start + 1 - spec.window()) : 0;
  }

  /** Attention over the cache, or over the new tokens alone: [R·kvHeads, group·T, headDim]. */
  private PtNDArray mixed(PtNDArray heads, int l, Pass pass) {
    long t = pass.tokens();
    NDList parts = JniUtils.split(heads, new long[] {t * spec.group(), t, t}, 1);
    PtNDArray q = Torch.of(parts.get(0));
    PtNDArray k = Torch.of(parts.get(1));
    PtNDArray v = Torch.of(parts.get(2));
    LaneStore cache = pass.cache();
    if (cache != null) {
      cache.write(l, pass.start(), pass.tokens(), k, v);
    }
    PtNDArray mixed;
    if (cache != null && !(cache instanceof ThinCache && pass.start() == 0)) {
      int length = KvCache.padded(pass.start() + pass.tokens());
      mixed = attend(q, cache.keys(l, length), cache.values(l, length), pass, l);
    } else {
      PtNDArray kt = JniUtils.transpose(k, 1, 2);
      mixed = attend(q, kt, v, pass, l);
      kt.close();
    }
    Torch.close(q, k, v);
    return mixed;
  }

  /** [R·T, qkv] → [R·kvHeads, (group + 2)·T, headDim]: queries, then keys, then values. */
  private PtNDArray byHead(PtNDArray fused, Pass pass) {
    long parts = spec.group() + 2L;
    long rows = (long) pass.rows() * spec.kvHeads();
    if (pass.tokens() == 1) {
      return replace(fused, Torch.reshape(fused, rows, parts, spec.headDim()));
    }
    PtNDArray split =
        Torch.reshape(fused, pass.rows(), pass.tokens(), spec.kvHeads() * parts, spec.headDim());
    PtNDArray turned = JniUtils.transpose(split, 1, 2);
    PtNDArray heads = Torch.reshape(turned, rows, parts * pass.tokens(), spec.headDim());
    Torch.close(fused, split, turned);
    return heads;
  }

  private PtNDArray attend(PtNDArray q, PtNDArray keys, PtNDArray values, Pass pass, int layer) {
    PtNDArray scores = JniUtils.bmm(q, keys);
    PtNDArray mask = pass.mask().of(spec.windowed().get(layer));
    long length = keys.getShape().get(2);
    long surplus = mask == null ? 0 : mask.getShape().get(1) - length;
    if (surplus > 0) {
      scores = replace(scores, JniUtils.pad(scores, new long[] {0, surplus}, 0));
    }
    if (mask != null) {
      scores = pass.gradient() ? replace(scores, JniUtils.add(scores, mask)) : scores;
      if (!pass.gradient()) {
        JniUtils.addi(scores, mask);
      }
    }
    PtNDArray shares = JniUtils.softmax(scores, -1, scores.getDataType());
    if (attentionWatcher != null) {
      attentionWatcher.accept(shares);
    }
    PtNDArray seen = surplus > 0 ? Torch.slice(shares, 2, 0, length) : shares;
    PtNDArray mixed = JniUtils.bmm(seen, values);
    Torch.close(scores, seen, shares);
    return mixed;
  }

  /** [R·kvHeads, group·T, headDim] → [R·T, heads·headDim]. */
  private PtNDArray joinHeads(PtNDArray mixed, Pass pass) {
    long total = (long) spec.heads() * spec.headDim();
    if (pass.tokens() == 1) {
      return replace(mixed, Torch.reshape(mixed, pass.rows(), total));
    }
    PtNDArray split =
        Torch.reshape(mixed, pass.rows(), spec.heads(), pass.tokens(), spec.headDim());
    PtNDArray turned = JniUtils.transpose(split, 1, 2);
    PtNDArray joined = Torch.reshape(turned, (long) pass.rows() * pass.tokens(), total);
    Torch.close(mixed, split, turned);
    return joined;
  }

  private PtNDArray feedForward(PtNDArray x, Layer layer, Pass pass) {
    return feedForward(x, layer, pass, true);
  }

  private PtNDArray feedForward(PtNDArray x, Layer layer, Pass pass, boolean free) {
    PtNDArray up = linear(x, layer.up(), pass);
    if (free) {
      x.close();
    }
    PtNDArray inner = spec.gated() ? gate(up, pass) : activations.apply(up, pass.gradient());
    PtNDArray down = linear(inner, layer.down(), pass);
    inner.close();
    return down;
  }

  private PtNDArray gate(PtNDArray both, Pass pass) {
    NDList parts = JniUtils.split(both, new long[] {spec.inner(), spec.inner()}, 1);
    PtNDArray up = Torch.of(parts.get(1));
    PtNDArray gate = activations.apply(Torch.of(parts.get(0)), pass.gradient());
    PtNDArray product = pass.gradient() ? JniUtils.mul(gate, up) : gate;
    if (!pass.gradient()) {
      JniUtils.muli(gate, up);
    } else {
      gate.close();
    }
    Torch.close(up, both);
    return product;
  }
}
