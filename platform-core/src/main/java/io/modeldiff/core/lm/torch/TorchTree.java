package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import io.modeldiff.core.lm.PrefixTree;
import io.modeldiff.core.space.InputSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Depth-first walk over the prefix tree, a chunk of prefixes of equal length at a time. The V
 * children of a prefix are alternatives at one position: one pass evaluates them together against
 * the shared cache of their parent, each seeing the parent's positions and itself.
 */
final class TorchTree implements PrefixTree {
  /** New tokens of one pass: large enough to hide call costs, small enough to stay in the cache. */
  private static final int PASS = 1000;

  /** Bytes of keys and values that the children of one pass may take. */
  private static final long KEPT = 1L << 26;

  /** Alternatives of one prefix evaluated together. */
  private static final int SIBLINGS = 128;

  /** Prefixes of one length with consecutive ranks. */
  private record Level(
      int depth, long first, double[] energy, float[] logp, TreePasses.@Nullable Stems stems) {}

  private final TorchModel model;
  private final DeviceQueue queue;
  private final InputSpace space;
  private final NDManager manager;
  private final Head head;
  private final Steps steps;
  private final int size;
  private final int siblings;
  private final TreePasses passes;
  private long positions;

  /**
   * @param queue where the passes run: the model's queue, or another one of its device when the
   *     walk {@link #sharesModel}
   */
  TorchTree(TorchModel model, InputSpace space, DeviceQueue queue) {
    this.model = model;
    this.queue = queue;
    this.space = space;
    this.manager = model.manager().newSubManager();
    this.head = model.head(space);
    this.steps = new Steps(model, head);
    this.size = head.size();
    this.siblings = Math.min(size, SIBLINGS);
    FoldedWeights folded = FoldedWeights.of(model.transformer(), head, manager);
    this.passes =
        folded == null
            ? new CachedTreePasses(model, space, manager.newSubManager(), head, siblings)
            : new FoldedTreePasses(folded, model.transformer().spec(), manager.newSubManager());
  }

  /** Whether walks of one model may run at the same time: passes that change nothing in it. */
  boolean sharesModel() {
    return passes instanceof FoldedTreePasses;
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
  public void enumerate(int[] start, double upTo, Sink sink) {
    if (start.length >= space.length()) {
      throw new IllegalArgumentException("the start must be shorter than N");
    }
    NDManager own = queue.call(manager::newSubManager);
    try {
      // The starting prefix goes through the model's own passes, which only its own thread may run.
      Level root = model.queue().call(() -> root(start, own));
      descend(root, upTo, sink);
      close(root.stems());
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
      TreePasses.Stems stems = passes.root(two.window(0, 1), inputs);
      return new Level(start.length, rank, new double[] {energy}, next, stems);
    }
  }

  private KvCache cache(NDManager owner, int rows, int capacity) {
    return new KvCache(
        owner, model.transformer().spec(), rows, capacity, model.transformer().dtype());
  }

  private void descend(Level level, double upTo, Sink sink) {
    if (level.depth() == space.length() - 1) {
      sink.accept(Math.multiplyExact(level.first(), size), leaves(level));
      return;
    }
    TreePasses.Stems stems = level.stems();
    boolean last = level.depth() == space.length() - 2;
    if (last && upTo < Double.POSITIVE_INFINITY && stems != null && picks()) {
      long first = Math.multiplyExact(level.first(), (long) size * size);
      sink.accept(first, new LastLevel(level, stems, upTo).energies());
      return;
    }
    int rows = level.energy().length;
    int perPass = perPass(level.depth(), rows);
    for (int from = 0; from < rows; from += perPass) {
      int to = Math.min(rows, from + perPass);
      for (int s = 0; s < size; s += siblings) {
        int firstRow = from;
        int firstSibling = s;
        int count = Math.min(siblings, size - s);
        Level next = queue.call(() -> expand(level, firstRow, to, firstSibling, count));
        descend(next, upTo, sink);
        close(next.stems());
      }
    }
  }

  private void close(TreePasses.@Nullable Stems stems) {
    if (stems != null) {
      queue.call(
          () -> {
            stems.close();
            return true;
          });
    }
  }

  /** Prefixes of one pass, so that the passes over a level are of nearly the same size. */
  private int perPass(int depth, int rows) {
    long tokens = PASS;
    if (depth + 2 < space.length()) {
      tokens = Math.min(tokens, KEPT / passes.bytesPerRow(space.prefix().length + depth + 1));
    }
    int largest = siblings < size ? 1 : (int) Math.max(1, tokens / size);
    int passes = (rows + largest - 1) / largest;
    return (rows + passes - 1) / passes;
  }

  private double[] leaves(Level level) {
    double[] energies = new double[level.energy().length * size];
    for (int i = 0; i < energies.length; i++) {
      energies[i] = level.energy()[i / size] - level.logp()[i];
    }
    return energies;
  }

  /** Evaluates children [s, s + count) of rows [from, to) of a level. */
  private Level expand(Level level, int from, int to, int s, int count) {
    int rows = to - from;
    double[] energy = new double[rows * count];
    long[] columns = new long[rows * count];
    for (int i = 0; i < energy.length; i++) {
      int row = from + i / count;
      int column = s + i % count;
      columns[i] = column;
      energy[i] = level.energy()[row] - level.logp()[row * size + column];
    }
    TreePasses.Stems all = level.stems();
    boolean part = all != null && rows != all.rows();
    TreePasses.Stems parents = part && all != null ? all.window(from, rows) : all;
    int depth = level.depth();
    int at = space.prefix().length + depth;
    boolean keep = depth + 2 < space.length();
    TreePasses.Expanded pass = passes.expand(parents, columns, count, at, depth, keep);
    positions += energy.length;
    if (part && parents != null) {
      parents.close();
    }
    long first = Math.addExact(Math.multiplyExact(level.first() + from, size), s);
    return new Level(depth + 1, first, energy, checked(pass.logp()), pass.stems());
  }

  /** Whether single children of a level can be left out. */
  private boolean picks() {
    return siblings == size && passes.picks();
  }

  /**
   * The last two tokens behind each prefix of a level, evaluated only behind children up to a
   * bound. Prefixes with equally many such children go through a pass together, so that passes stay
   * rectangular.
   */
  private final class LastLevel {
    private final Level level;
    private final TreePasses.Stems stems;
    private final int[][] children;
    private final double[] energies;

    LastLevel(Level level, TreePasses.Stems stems, double upTo) {
      this.level = level;
      this.stems = stems;
      this.children =
          IntStream.range(0, level.energy().length)
              .mapToObj(row -> IntStream.range(0, size).filter(c -> energy(row, c) <= upTo))
              .map(IntStream::toArray)
              .toArray(int[][]::new);
      this.energies = new double[level.energy().length * size * size];
      Arrays.fill(energies, Double.POSITIVE_INFINITY);
    }

    double[] energies() {
      List<List<Integer>> byChildren = new ArrayList<>();
      for (int k = 0; k <= size; k++) {
        byChildren.add(new ArrayList<>());
      }
      for (int row = 0; row < children.length; row++) {
        byChildren.get(children[row].length).add(row);
      }
      for (int k = 1; k <= size; k++) {
        List<Integer> rows = byChildren.get(k);
        int most = Math.max(1, PASS / k);
        for (int from = 0; from < rows.size(); from += most) {
          List<Integer> some = rows.subList(from, Math.min(rows.size(), from + most));
          pass(some.stream().mapToInt(Integer::intValue).toArray(), k);
        }
      }
      return energies;
    }

    private double energy(int row, int column) {
      return level.energy()[row] - level.logp()[row * size + column];
    }

    private void pass(int[] rows, int each) {
      long[] columns =
          Arrays.stream(rows).flatMap(r -> Arrays.stream(children[r])).asLongStream().toArray();
      float[] logp = queue.call(() -> evaluated(rows, columns, each));
      for (int i = 0; i < columns.length; i++) {
        int row = rows[i / each];
        int column = (int) columns[i];
        double before = energy(row, column);
        int at = (row * size + column) * size;
        for (int t = 0; t < size; t++) {
          energies[at + t] = before - logp[i * size + t];
        }
      }
    }

    private float[] evaluated(int[] rows, long[] columns, int each) {
      int at = space.prefix().length + level.depth();
      positions += columns.length;
      try (TreePasses.Stems parents = stems.pick(rows)) {
        return checked(passes.expand(parents, columns, each, at, level.depth(), false).logp());
      }
    }
  }

  private static float[] checked(float[] logp) {
    for (float value : logp) {
      if (Float.isNaN(value)) {
        throw Torch.notANumber();
      }
    }
    return logp;
  }

  @Override
  public void close() {
    queue.call(
        () -> {
          passes.close();
          manager.close();
          if (head != model.fullHead()) {
            head.close();
          }
          return true;
        });
  }
}
