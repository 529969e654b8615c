package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import io.modeldiff.core.lm.arch.TransformerSpec;
import io.modeldiff.core.space.InputSpace;
import org.jspecify.annotations.Nullable;

/** Passes of every architecture, by the forward pass that lanes use. */
final class CachedTreePasses implements TreePasses {
  private record Rows(KvCache cache, boolean window) implements Stems {
    @Override
    public int rows() {
      return cache.rows();
    }

    @Override
    public Stems window(int from, int count) {
      return new Rows(cache.window(from, count), true);
    }

    // Whole caches are kept for the next chunk of the same level.
    @Override
    public void close() {
      if (window) {
        cache.close();
      }
    }
  }

  private final TorchModel model;
  private final NDManager manager;
  private final Head head;
  private final int siblings;
  private final KvCache[] caches;
  private final @Nullable AttentionMask[] masks;

  CachedTreePasses(TorchModel model, InputSpace space, NDManager manager, Head head, int siblings) {
    this.model = model;
    this.manager = manager;
    this.head = head;
    this.siblings = siblings;
    this.caches = new KvCache[space.length() + 1];
    this.masks = new AttentionMask[space.length() + 1];
  }

  @Override
  public Stems root(KvCache cache, int positions) {
    return new Rows(cache, true);
  }

  @Override
  public Expanded expand(
      @Nullable Stems parents, long[] columns, int count, int at, int depth, boolean keep) {
    Transformer transformer = model.transformer();
    int rows = columns.length / count;
    try (NDManager m = manager.newSubManager()) {
      KvCache cache =
          parents == null
              ? new KvCache(m, transformer.spec(), rows, count, transformer.dtype())
              : ((Rows) parents).cache();
      PtNDArray ids = Torch.longs(m, columns, columns.length);
      PtNDArray x = transformer.embed(ids, head.input());
      Pass pass =
          new Pass(rows, count, at, cache, mask(depth, at, count), true, false, false, null);
      PtNDArray hidden = transformer.run(x, pass);
      float[] logp = head.logProbabilities(hidden).toFloatArray();
      return new Expanded(logp, keep ? children(cache, depth, at, count) : null);
    }
  }

  private AttentionMask mask(int depth, int at, int count) {
    if (count != siblings) {
      return model.masks().siblings(manager, at, count);
    }
    AttentionMask mask = masks[depth];
    if (mask == null) {
      mask = model.masks().siblings(manager, at, count);
      masks[depth] = mask;
    }
    return mask;
  }

  private Stems children(KvCache parents, int depth, int at, int count) {
    int rows = parents.rows() * count;
    KvCache next = caches[depth + 1];
    if (next == null || next.rows() != rows) {
      if (next != null) {
        next.close();
      }
      Transformer t = model.transformer();
      next = new KvCache(manager, t.spec(), rows, at + 1 + siblings, t.dtype());
      caches[depth + 1] = next;
    }
    next.setChildren(parents, at, count);
    return new Rows(next, false);
  }

  @Override
  public long bytesPerRow(int positions) {
    TransformerSpec spec = model.transformer().spec();
    return 8L
        * spec.layers()
        * spec.kvHeads()
        * spec.headDim()
        * KvCache.padded(positions + siblings);
  }

  @Override
  public void close() {
    for (KvCache cache : caches) {
      if (cache != null) {
        cache.close();
      }
    }
  }
}
