package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import io.modeldiff.core.lm.PrefixTree;
import io.modeldiff.core.space.InputSpace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Depth-first walk over the prefix tree, a chunk of prefixes of equal length at a time. The V
 * children of a prefix are alternatives at one position: one pass evaluates them together against
 * the shared cache of their parent, each seeing the parent's positions and itself.
 */
final class TorchTree implements PrefixTree {
  /** New tokens of one pass: large enough to hide call costs, small enough to stay in the cache. */
  private static final int PASS = 1280;

  /** Alternatives of one prefix evaluated together. */
  private static final int SIBLINGS = 128;

  /** Prefixes of one length with consecutive ranks. */
  private record Level(
      int depth, long first, double[] energy, float[] logp, @Nullable KvCache cache) {}

  private record Children(double[] energy, float[] logp, @Nullable KvCache cache) {}

  private final TorchModel model;
  private final DeviceQueue queue;
  private final InputSpace space;
  private final NDManager manager;
  private final Head head;
  private final Steps steps;
  private final int size;
  private final int siblings;
  private final KvCache[] caches;
  private final @Nullable AttentionMask[] masks;
  private long positions;

  TorchTree(TorchModel model, InputSpace space) {
    this.model = model;
    this.queue = model.queue();
    this.space = space;
    this.manager = model.manager().newSubManager();
    this.head = model.head(space);
    this.steps = new Steps(model, head);
    this.size = head.size();
    this.siblings = Math.min(size, SIBLINGS);
    this.caches = new KvCache[space.length() + 1];
    this.masks = new AttentionMask[space.length() + 1];
  }

  @Override
  public InputSpace space() {
    return space;
  }

  @Override
  public long positions() {
    return positions;
  }

  @Override
  public void enumerate(int[] start, Sink sink) {
    if (start.length >= space.length()) {
      throw new IllegalArgumentException("the start must be shorter than N");
    }
    NDManager own = queue.call(manager::newSubManager);
    try {
      descend(queue.call(() -> root(start, own)), sink);
    } finally {
      queue.call(
          () -> {
            own.close();
            return true;
          });
    }
  }

  /** The starting prefix, evaluated in one pass. */
  private Level root(int[] start, NDManager own) {
    int[] prefix = space.prefix();
    int inputs = prefix.length + start.length;
    long rank = 0;
    int[] columns = new int[start.length];
    for (int i = 0; i < start.length; i++) {
      columns[i] = Arrays.binarySearch(space.allowed(), start[i]);
      if (columns[i] < 0) {
        throw new IllegalArgumentException("token " + start[i] + " is not allowed");
      }
      rank = Math.addExact(Math.multiplyExact(rank, size), columns[i]);
    }
    if (inputs == 0) {
      return new Level(0, 0, new double[1], new float[size], null);
    }
    KvCache two = cache(own, 2, inputs + siblings);
    try (NDManager m = manager.newSubManager()) {
      long[] ids = new long[2 * inputs];
      for (int i = 0; i < ids.length; i++) {
        int t = i % inputs;
        ids[i] = t < prefix.length ? prefix[t] : start[t - prefix.length];
      }
      PtNDArray hidden = steps.hidden(m, steps.embedIds(m, ids), 2, inputs, 0, two);
      PtNDArray rows = Torch.slice(hidden, 0, 0, inputs);
      float[] logp = head.logProbabilities(rows).toFloatArray();
      positions += inputs;
      double energy = 0;
      for (int i = prefix.length == 0 ? 1 : 0; i < start.length; i++) {
        energy -= logp[(prefix.length + i - 1) * size + columns[i]];
      }
      float[] next = Arrays.copyOfRange(logp, (inputs - 1) * size, inputs * size);
      return new Level(start.length, rank, new double[] {energy}, next, two.window(0, 1));
    }
  }

  private KvCache cache(NDManager owner, int rows, int capacity) {
    return new KvCache(
        owner, model.transformer().spec(), rows, capacity, model.transformer().dtype());
  }

  private void descend(Level level, Sink sink) {
    int rows = level.energy().length;
    if (level.depth() == space.length() - 1) {
      sink.accept(Math.multiplyExact(level.first(), size), leaves(level));
      return;
    }
    int perPass = siblings < size ? 1 : Math.max(1, PASS / size);
    for (int from = 0; from < rows; from += perPass) {
      int to = Math.min(rows, from + perPass);
      for (int s = 0; s < size; s += siblings) {
        int count = Math.min(siblings, size - s);
        int firstRow = from;
        int firstSibling = s;
        Children c = queue.call(() -> expand(level, firstRow, to, firstSibling, count));
        long first = Math.addExact(Math.multiplyExact(level.first() + from, size), s);
        descend(new Level(level.depth() + 1, first, c.energy(), c.logp(), c.cache()), sink);
      }
    }
  }

  private double[] leaves(Level level) {
    double[] energies = new double[level.energy().length * size];
    for (int i = 0; i < energies.length; i++) {
      energies[i] = level.energy()[i / size] - level.logp()[i];
    }
    return energies;
  }

  /** Evaluates children [s, s + count) of rows [from, to) of a level. */
  private Children expand(Level level, int from, int to, int s, int count) {
    int rows = to - from;
    int at = space.prefix().length + level.depth();
    KvCache all = level.cache();
    boolean part = all != null && rows != all.rows();
    try (NDManager m = manager.newSubManager()) {
      KvCache parents = part && all != null ? all.window(from, rows) : all;
      if (parents == null) {
        parents =
            new KvCache(m, model.transformer().spec(), rows, count, model.transformer().dtype());
      }
      double[] energy = new double[rows * count];
      long[] columns = new long[rows * count];
      for (int i = 0; i < energy.length; i++) {
        int row = from + i / count;
        int column = s + i % count;
        columns[i] = column;
        energy[i] = level.energy()[row] - level.logp()[row * size + column];
      }
      PtNDArray ids = Torch.longs(m, columns, columns.length);
      PtNDArray x = model.transformer().embed(ids, head.input());
      Pass pass = new Pass(rows, count, at, parents, mask(level.depth(), at, count), true, false);
      PtNDArray hidden = model.transformer().run(x, pass);
      float[] logp = head.logProbabilities(hidden).toFloatArray();
      positions += energy.length;
      KvCache next =
          level.depth() + 2 < space.length() ? children(level, parents, at, count) : null;
      if (part) {
        parents.close();
      }
      return new Children(energy, logp, next);
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

  private KvCache children(Level level, KvCache parents, int at, int count) {
    int rows = parents.rows() * count;
    KvCache next = caches[level.depth() + 1];
    if (next == null || next.rows() != rows) {
      if (next != null) {
        next.close();
      }
      next = cache(manager, rows, at + 1 + siblings);
      caches[level.depth() + 1] = next;
    }
    next.setChildren(parents, at, count);
    return next;
  }

  @Override
  public void close() {
    queue.call(
        () -> {
          manager.close();
          if (head != model.fullHead()) {
            head.close();
          }
          return true;
        });
  }
}
