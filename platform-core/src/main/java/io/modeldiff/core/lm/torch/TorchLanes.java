package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.Conditionals;
import io.modeldiff.core.lm.LaneCache;
import io.modeldiff.core.lm.Proposal;
import io.modeldiff.core.space.InputSpace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lanes on a device. Input position t holds the t-th token of prefix + sequence; the hidden state
 * there predicts sequence position t + 1 − |prefix|. All but the last prefix token are evaluated
 * once and shared. A proposal is computed in a second cache, so that rejecting it costs nothing.
 */
final class TorchLanes implements LaneCache {
  private final TorchModel model;
  private final DeviceQueue queue;
  private final InputSpace space;
  private final int lanes;
  private final int rows;
  private final int length;
  private final int[] prefix;
  private final int[] columnOf;
  private final int firstInput;
  private final int inputs;
  private final NDManager manager;
  private final Head head;
  private final Steps steps;
  private KvCache current;
  private @Nullable KvCache proposed;
  private int synced;
  private final int[][] tokens;
  private int filled;
  private long positions;
  private @Nullable Pending pending;

  private record Pending(int[] lanes, int[][] tokens, int from, int firstInput, boolean whole) {}

  TorchLanes(TorchModel model, InputSpace space, int lanes) {
    this.model = model;
    this.queue = model.queue();
    this.space = space;
    this.lanes = lanes;
    // A batch of one may differ in the last bits from larger ones: never run one.
    this.rows = Math.max(2, lanes);
    this.length = space.length();
    this.prefix = space.prefix();
    this.columnOf = columns(space);
    this.firstInput = Math.max(prefix.length - 1, 0);
    this.inputs = prefix.length + length - 1;
    this.manager = model.manager().newSubManager();
    this.head = model.head(space);
    this.steps = new Steps(model, head);
    this.tokens = new int[lanes][length];
    this.current = newCache(rows);
    fillPrefix();
  }

  private static int[] columns(InputSpace space) {
    int[] columns = new int[space.vocabulary()];
    Arrays.fill(columns, -1);
    for (int c = 0; c < space.allowed().length; c++) {
      columns[space.allowed()[c]] = c;
    }
    return columns;
  }

  private KvCache newCache(int cacheRows) {
    return new KvCache(
        manager,
        model.transformer().spec(),
        cacheRows,
        Math.max(1, inputs),
        model.transformer().dtype());
  }

  /** Keys and values of all prefix tokens but the last, the same in every lane. */
  private void fillPrefix() {
    if (firstInput == 0) {
      return;
    }
    try (NDManager m = manager.newSubManager();
        KvCache two = newCache(2)) {
      long[] ids = new long[2 * firstInput];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = prefix[i % firstInput];
      }
      steps.hidden(m, steps.embedIds(m, ids), 2, firstInput, 0, two);
      current.set(0, firstInput, two.gather(m, 0, firstInput, new int[rows]));
    }
  }

  @Override
  public InputSpace space() {
    return space;
  }

  @Override
  public int lanes() {
    return lanes;
  }

  @Override
  public int filled() {
    return filled;
  }

  @Override
  public long positions() {
    return positions;
  }

  /** First sequence position that the model scores: 1 without a prefix, else 0. */
  private int firstScored() {
    return prefix.length == 0 ? 1 : 0;
  }

  @Override
  public Conditionals load(int[][] sequences, double[] betas) {
    if (sequences.length != lanes) {
      throw new IllegalArgumentException(lanes + " sequences expected, not " + sequences.length);
    }
    for (int[] s : sequences) {
      requireAllowed(s, 0);
    }
    return queue.call(() -> loadAll(sequences, betas));
  }

  private Conditionals loadAll(int[][] sequences, double[] betas) {
    Collector out = new Collector(lanes, length, 0, firstScored(), betas, head.size());
    int span = inputs - firstInput;
    int chunk = Math.min(rows, model.passRows(span));
    for (int from = 0; from < lanes; from += chunk) {
      int count = Math.min(chunk, rows - from);
      // The last rows may be a repetition of the last lane so that no batch is a singleton.
      int start = count < 2 ? from - (2 - count) : from;
      int size = Math.max(2, count);
      try (NDManager m = manager.newSubManager();
          KvCache window = current.window(start, size)) {
        long[] ids = new long[size * span];
        int[][] targets = new int[size][];
        for (int r = 0; r < size; r++) {
          int[] sequence = sequences[Math.min(start + r, lanes - 1)];
          targets[r] = sequence;
          fillInputs(ids, r * span, span, firstInput, sequence);
        }
        PtNDArray hidden = steps.hidden(m, steps.embedIds(m, ids), size, span, firstInput, window);
        steps.score(hidden, size, span, firstScored(), targets, columnOf, betas, out, start);
      }
    }
    for (int l = 0; l < lanes; l++) {
      tokens[l] = sequences[l].clone();
    }
    positions += (long) lanes * span;
    filled = length;
    synced = 0;
    pending = null;
    return out.finish(sequences);
  }

  /** Token ids of input positions [first, first + count) of prefix + sequence. */
  private void fillInputs(long[] ids, int at, int count, int first, int[] sequence) {
    for (int i = 0; i < count; i++) {
      int p = first + i;
      ids[at + i] = p < prefix.length ? prefix[p] : sequence[p - prefix.length];
    }
  }

  private void requireAllowed(int[] sequence, int from) {
    if (sequence.length != length) {
      throw UserException.badInput(
          "A sequence has " + sequence.length + " tokens, but N = " + length + ".");
    }
    for (int i = from; i < length; i++) {
      if (sequence[i] < 0 || sequence[i] >= columnOf.length || columnOf[sequence[i]] < 0) {
        throw UserException.badInput(
            "Token id "
                + sequence[i]
                + " at position "
                + i
                + " is not allowed in the input space.");
      }
    }
  }

  @Override
  public void clear() {
    filled = 0;
    synced = 0;
    pending = null;
  }

  @Override
  public Conditionals propose(Proposal p) {
    check(p);
    return queue.call(() -> proposeNow(p));
  }

  private void check(Proposal p) {
    if (filled != length) {
      throw new IllegalStateException("propose needs full lanes; load or extend them first");
    }
    if (p.from() < 0 || p.to() < p.from() || p.to() > length || p.from() >= length) {
      throw new IllegalArgumentException("need 0 <= from <= to <= N and from < N: " + p);
    }
    int previous = -1;
    for (int lane : p.lanes()) {
      if (lane <= previous || lane >= lanes) {
        throw new IllegalArgumentException("lanes must be ascending and below " + lanes);
      }
      previous = lane;
    }
    if (p.lanes().length == 0) {
      throw new IllegalArgumentException("a proposal needs at least one lane");
    }
    if (p.to() < length) {
      for (int[] candidate : p.candidate()) {
        requireAllowed(candidate, p.to());
      }
    }
  }

  private Conditionals proposeNow(Proposal p) {
    int count = p.lanes().length;
    boolean whole = count == lanes;
    int size = Math.max(2, count);
    int firstDrawn = Math.max(p.from(), firstScored());
    // Input at which the first scored position of the proposal is predicted.
    int firstNew = prefix.length + firstDrawn - 1;
    KvCache cache = prepare(p.lanes(), whole, size, firstNew);
    int[][] sequences = new int[count][];
    for (int r = 0; r < count; r++) {
      sequences[r] = tokens[p.lanes()[r]].clone();
      System.arraycopy(
          p.candidate().length == 0 ? sequences[r] : p.candidate()[r],
          p.to(),
          sequences[r],
          p.to(),
          length - p.to());
    }
    Collector out = new Collector(count, length, p.from(), firstScored(), p.betas(), head.size());
    drawUnscored(p, sequences);
    try (NDManager m = manager.newSubManager()) {
      if (p.to() > firstDrawn) {
        drawSteps(m, p, cache, size, firstDrawn, sequences, out);
      }
      int tail = Math.max(p.to(), firstDrawn);
      if (tail < length) {
        int first = prefix.length + tail - 1;
        int span = inputs - first;
        long[] ids = new long[size * span];
        int[][] targets = new int[size][];
        for (int r = 0; r < size; r++) {
          targets[r] = sequences[Math.min(r, count - 1)];
          fillInputs(ids, r * span, span, first, targets[r]);
        }
        PtNDArray hidden = steps.hidden(m, steps.embedIds(m, ids), size, span, first, cache);
        steps.score(hidden, size, span, tail, targets, columnOf, p.betas(), out, 0);
        positions += (long) count * span;
      }
    }
    pending = new Pending(p.lanes().clone(), sequences, p.from(), Math.max(firstNew, 0), whole);
    return out.finish(sequences);
  }

  /** Without a prefix the first token has no distribution: it is drawn uniformly. */
  private void drawUnscored(Proposal p, int[][] sequences) {
    if (prefix.length == 0 && p.from() == 0 && p.to() > 0) {
      for (int r = 0; r < sequences.length; r++) {
        int column = (int) Math.min(head.size() - 1, p.uniforms()[r][0] * head.size());
        sequences[r][0] = space.allowed()[column];
      }
    }
  }

  /** The proposal's cache with everything before {@code firstNew} as in the concerned lanes. */
  private KvCache prepare(int[] concerned, boolean whole, int size, int firstNew) {
    KvCache cache = proposed;
    if (cache == null || cache.rows() != size) {
      if (cache != null) {
        cache.close();
      }
      cache = newCache(size);
      proposed = cache;
      synced = 0;
    }
    try (NDManager m = manager.newSubManager()) {
      if (whole) {
        if (firstNew > synced) {
          PtNDArray view = current.positions(synced, firstNew);
          cache.set(synced, firstNew, view);
          view.close();
        }
        synced = firstNew;
      } else {
        if (firstNew > 0) {
          int[] index = Arrays.copyOf(concerned, size);
          Arrays.fill(index, concerned.length, size, concerned[concerned.length - 1]);
          cache.set(0, firstNew, current.gather(m, 0, firstNew, index));
        }
        synced = 0;
      }
    }
    return cache;
  }

  private void drawSteps(
      NDManager m,
      Proposal p,
      KvCache cache,
      int size,
      int first,
      int[][] sequences,
      Collector out) {
    int count = sequences.length;
    double[] beta = new double[size];
    long[] ids = new long[size];
    for (int r = 0; r < size; r++) {
      int row = Math.min(r, count - 1);
      beta[r] = p.beta()[row];
      fillInputs(ids, r, 1, prefix.length + first - 1, sequences[row]);
    }
    PtNDArray betas = Torch.floats(m, beta, size, 1);
    PtNDArray embedded = steps.embedIds(m, ids);
    PtNDArray[] drawn = new PtNDArray[p.to() - first];
    Retained retained = new Retained(m, drawn.length, size, head.size());
    for (int i = first; i < p.to(); i++) {
      PtNDArray hidden = steps.hidden(m, embedded, size, 1, prefix.length + i - 1, cache);
      PtNDArray logp = head.logProbabilities(hidden);
      hidden.close();
      PtNDArray uniform = uniforms(m, p.uniforms(), i - p.from(), size);
      PtNDArray column = Head.draw(logp, betas, uniform);
      uniform.close();
      drawn[i - first] = column;
      retained.add(logp, column, p.betas());
      if (i + 1 < p.to()) {
        embedded = model.transformer().embed(column, head.input());
      }
    }
    positions += (long) count * drawn.length;
    retained.finish(first, drawn, sequences, space.allowed(), out);
  }

  private static PtNDArray uniforms(NDManager m, double[][] uniforms, int column, int size) {
    float[] u = new float[size];
    for (int r = 0; r < size; r++) {
      u[r] = Head.uniform(uniforms[Math.min(r, uniforms.length - 1)][column]);
    }
    return Torch.floats(m, u, size, 1);
  }

  @Override
  public void accept(boolean[] accepted) {
    Pending p = pending;
    if (p == null) {
      throw new IllegalStateException("there is no proposal to accept");
    }
    if (accepted.length != p.lanes().length) {
      throw new IllegalArgumentException("one flag per lane of the proposal expected");
    }
    pending = null;
    queue.call(
        () -> {
          acceptNow(p, accepted);
          return true;
        });
  }

  private void acceptNow(Pending p, boolean[] accepted) {
    KvCache source = proposed;
    int count = 0;
    for (int r = 0; r < accepted.length; r++) {
      if (accepted[r]) {
        tokens[p.lanes()[r]] = p.tokens()[r];
        count++;
      }
    }
    if (count == 0 || source == null || p.firstInput() >= inputs) {
      return;
    }
    if (count == lanes && p.whole()) {
      proposed = current;
      current = source;
      synced = Math.min(synced, p.firstInput());
      return;
    }
    try (NDManager m = manager.newSubManager()) {
      boolean[] flags = new boolean[rows];
      int[] from = new int[rows];
      for (int r = 0; r < accepted.length; r++) {
        flags[p.lanes()[r]] = accepted[r];
        from[p.lanes()[r]] = r;
      }
      mergeRows(m, source, p, flags, from);
    }
  }

  private void mergeRows(NDManager m, KvCache source, Pending p, boolean[] flags, int[] from) {
    int kv = model.transformer().spec().kvHeads();
    boolean[] perHead = new boolean[rows * kv];
    for (int i = 0; i < perHead.length; i++) {
      perHead[i] = flags[i / kv];
    }
    PtNDArray chosen = Torch.of(m.create(perHead, new Shape(1, (long) rows * kv, 1, 1)));
    PtNDArray mine = current.positions(p.firstInput(), inputs);
    PtNDArray theirs =
        p.whole()
            ? source.positions(p.firstInput(), inputs)
            : source.gather(m, p.firstInput(), inputs, from);
    PtNDArray merged = JniUtils.where(chosen, theirs, mine);
    current.set(p.firstInput(), inputs, merged);
    Torch.close(mine, theirs, merged);
  }

  @Override
  public Conditionals extend(double[] beta, double[] uniforms, double[] betas) {
    if (filled >= length) {
      throw new IllegalStateException("the lanes are full; clear or load them first");
    }
    return queue.call(() -> extendNow(beta, uniforms, betas));
  }

  private Conditionals extendNow(double[] beta, double[] uniforms, double[] betas) {
    int position = filled;
    double[][] columns = new double[lanes][];
    for (int l = 0; l < lanes; l++) {
      columns[l] = new double[] {uniforms[l]};
    }
    int[] all = new int[lanes];
    Arrays.setAll(all, l -> l);
    Proposal p = new Proposal(all, position, position + 1, new int[0][], beta, columns, betas);
    int[][] sequences = new int[lanes][];
    for (int l = 0; l < lanes; l++) {
      sequences[l] = tokens[l].clone();
    }
    Collector out = new Collector(lanes, position + 1, position, firstScored(), betas, head.size());
    drawUnscored(p, sequences);
    if (position >= firstScored()) {
      try (NDManager m = manager.newSubManager()) {
        drawSteps(m, p, current, rows, position, sequences, out);
      }
    }
    System.arraycopy(sequences, 0, tokens, 0, lanes);
    filled++;
    synced = 0;
    pending = null;
    return out.finish(sequences);
  }

  @Override
  public void reindex(int[] ancestors) {
    if (ancestors.length != lanes) {
      throw new IllegalArgumentException("one ancestor per lane expected");
    }
    queue.call(
        () -> {
          reindexNow(ancestors);
          return true;
        });
  }

  private void reindexNow(int[] ancestors) {
    int[][] old = tokens.clone();
    for (int l = 0; l < lanes; l++) {
      tokens[l] = old[ancestors[l]].clone();
    }
    // The cache holds the inputs that predicted the filled positions.
    int to = Math.min(inputs, Math.max(0, prefix.length + filled - 1));
    if (to > firstInput) {
      int[] index = Arrays.copyOf(ancestors, rows);
      try (NDManager m = manager.newSubManager()) {
        current.set(firstInput, to, current.gather(m, firstInput, to, index));
      }
    }
    synced = 0;
    pending = null;
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

  /** Keeps the log-probabilities of drawn positions until they are reduced together. */
  private static final class Retained {
    private final NDManager manager;
    private final int rows;
    private final int perFlush;
    private final double[][] logP;
    private final double[][][] logNormalizer;
    private final NDList held = new NDList();
    private final NDList columns = new NDList();
    private int done;

    Retained(NDManager manager, int steps, int rows, int size) {
      this.manager = manager;
      this.rows = rows;
      this.perFlush = (int) Math.max(1, Head.CHUNK / ((long) rows * size));
      this.logP = new double[steps][];
      this.logNormalizer = new double[steps][][];
    }

    void add(PtNDArray logp, PtNDArray column, double[] betas) {
      held.add(logp);
      columns.add(column);
      if (held.size() >= perFlush || done + held.size() == logP.length) {
        flush(betas);
      }
    }

    private void flush(double[] betas) {
      int n = held.size();
      PtNDArray all =
          n == 1 ? Torch.of(held.get(0)) : Torch.of(ai.djl.ndarray.NDArrays.concat(held, 0));
      PtNDArray at =
          n == 1 ? Torch.of(columns.get(0)) : Torch.of(ai.djl.ndarray.NDArrays.concat(columns, 0));
      PtNDArray index = Torch.reshape(at, (long) n * rows, 1);
      PtNDArray picked = JniUtils.gather(all, index, 1);
      double[] values = Torch.doubles(picked);
      double[][] normalizers = Head.logNormalizers(all, betas);
      for (int i = 0; i < n; i++) {
        logP[done + i] = Arrays.copyOfRange(values, i * rows, (i + 1) * rows);
        logNormalizer[done + i] = Arrays.copyOfRange(normalizers, i * rows, (i + 1) * rows);
      }
      done += n;
      Torch.close(picked, index, all);
      if (n > 1) {
        held.close();
        at.close();
      }
      held.clear();
      columns.clear();
      if (manager.isOpen()) {
        return;
      }
      throw new IllegalStateException("closed while drawing");
    }

    void finish(int first, PtNDArray[] drawn, int[][] sequences, int[] allowed, Collector out) {
      for (int i = 0; i < drawn.length; i++) {
        long[] column = drawn[i].toLongArray();
        for (int r = 0; r < sequences.length; r++) {
          sequences[r][first + i] = allowed[(int) column[r]];
          out.put(r, first + i, logP[i][r], logNormalizer[i][r]);
        }
      }
    }
  }
}
