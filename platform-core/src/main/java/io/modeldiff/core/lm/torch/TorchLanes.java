package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
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
  private final int length;
  private final Layout layout;
  private final NDManager manager;
  private final Head head;
  private final Steps steps;
  private final Drawing drawing;
  private LaneStore current;
  private @Nullable LaneStore proposed;
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
    this.length = space.length();
    this.layout = new Layout(space);
    this.manager = model.manager().newSubManager();
    this.head = model.head(space);
    this.steps = new Steps(model, head);
    this.drawing = new Drawing(model.transformer(), head, steps, layout);
    this.tokens = new int[lanes][length];
    this.current = newCache(lanes);
    fillPrefix();
  }

  private LaneStore newCache(int cacheRows) {
    return LaneStore.open(
        manager,
        model.transformer().spec(),
        cacheRows,
        Math.max(1, layout.inputs()),
        model.transformer().dtype());
  }

  /** Keys and values of all prefix tokens but the last, the same in every lane. */
  private void fillPrefix() {
    if (layout.firstInput() == 0) {
      return;
    }
    try (NDManager m = manager.newSubManager();
        LaneStore two = newCache(2)) {
      long[] ids = new long[2 * layout.firstInput()];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = space.prefix()[i % layout.firstInput()];
      }
      steps.hidden(m, steps.embedIds(m, ids), 2, layout.firstInput(), 0, two);
      current.take(m, two, 0, layout.firstInput(), new int[lanes]);
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

  @Override
  public Conditionals load(int[][] sequences, double[] betas) {
    if (sequences.length != lanes) {
      throw new IllegalArgumentException(lanes + " sequences expected, not " + sequences.length);
    }
    for (int[] s : sequences) {
      layout.requireAllowed(s, 0);
    }
    return queue.call(() -> loadAll(sequences, betas));
  }

  private Conditionals loadAll(int[][] sequences, double[] betas) {
    Normalizers wanted = new Normalizers.Ladder(betas);
    Collector out =
        new Collector(lanes, length, 0, layout.firstScored(), wanted.count(), head.size());
    int span = layout.inputs() - layout.firstInput();
    int chunk = Math.min(lanes, model.passRows(span));
    for (int from = 0; from < lanes; from += chunk) {
      int count = Math.min(chunk, lanes - from);
      // A batch of one may differ in the last bits from larger ones: a lane left over runs with the
      // one before it.
      int start = count == 1 && from > 0 ? from - 1 : from;
      int size = from + count - start;
      try (NDManager m = manager.newSubManager();
          LaneStore window = current.window(start, size)) {
        long[] ids = new long[size * span];
        int[][] targets = Arrays.copyOfRange(sequences, start, start + size);
        for (int r = 0; r < size; r++) {
          layout.fill(ids, r * span, span, layout.firstInput(), targets[r]);
        }
        PtNDArray hidden =
            steps.hidden(m, steps.embedIds(m, ids), size, span, layout.firstInput(), window);
        steps.score(
            hidden,
            size,
            span,
            layout.firstScored(),
            targets,
            layout.columns(),
            wanted,
            out,
            start);
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
        layout.requireAllowed(candidate, p.to());
      }
    }
  }

  private Conditionals proposeNow(Proposal p) {
    int count = p.lanes().length;
    boolean whole = count == lanes;
    // One of several lanes is run twice, as a batch of one may differ from theirs in the last bits.
    int size = Math.min(lanes, Math.max(2, count));
    int firstDrawn = Math.max(p.from(), layout.firstScored());
    // Input at which the first scored position of the proposal is predicted.
    int firstNew = layout.inputOf(firstDrawn);
    LaneStore cache = prepare(p.lanes(), whole, size, firstNew);
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
    Normalizers wanted = p.normalizers() ? new Normalizers.Own(p.beta()) : Normalizers.NONE;
    Collector out =
        new Collector(count, length, p.from(), layout.firstScored(), wanted.count(), head.size());
    drawing.drawUnscored(p, sequences);
    try (NDManager m = manager.newSubManager()) {
      if (p.to() > firstDrawn) {
        drawing.draw(m, p, cache, size, firstDrawn, sequences, wanted, out);
        positions += (long) count * (p.to() - firstDrawn);
      }
      int tail = Math.max(p.to(), firstDrawn);
      if (tail < length) {
        int first = layout.inputOf(tail);
        int span = layout.inputs() - first;
        long[] ids = new long[size * span];
        int[][] targets = new int[size][];
        for (int r = 0; r < size; r++) {
          targets[r] = sequences[Math.min(r, count - 1)];
          layout.fill(ids, r * span, span, first, targets[r]);
        }
        PtNDArray hidden = steps.hidden(m, steps.embedIds(m, ids), size, span, first, cache);
        steps.score(hidden, size, span, tail, targets, layout.columns(), wanted, out, 0);
        positions += (long) count * span;
      }
    }
    pending = new Pending(p.lanes().clone(), sequences, p.from(), Math.max(firstNew, 0), whole);
    return out.finish(sequences);
  }

  /** The proposal's cache with everything before {@code firstNew} as in the concerned lanes. */
  private LaneStore prepare(int[] concerned, boolean whole, int size, int firstNew) {
    LaneStore cache = proposed;
    if (cache == null || cache.rows() != size) {
      if (cache != null) {
        cache.close();
      }
      cache = newCache(size);
      proposed = cache;
      synced = 0;
    }
    int from = whole ? synced : 0;
    if (firstNew > from) {
      int[] index = whole ? null : Arrays.copyOf(concerned, size);
      if (index != null) {
        Arrays.fill(index, concerned.length, size, concerned[concerned.length - 1]);
      }
      try (NDManager m = manager.newSubManager()) {
        cache.take(m, current, from, firstNew, index);
      }
    }
    synced = whole ? firstNew : 0;
    return cache;
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
    LaneStore source = proposed;
    int count = 0;
    for (int r = 0; r < accepted.length; r++) {
      if (accepted[r]) {
        tokens[p.lanes()[r]] = p.tokens()[r];
        count++;
      }
    }
    if (count == 0 || source == null || p.firstInput() >= layout.inputs()) {
      return;
    }
    if (count == lanes && p.whole()) {
      proposed = current;
      current = source;
      synced = Math.min(synced, p.firstInput());
      return;
    }
    boolean[] flags = new boolean[lanes];
    int[] from = new int[lanes];
    for (int r = 0; r < accepted.length; r++) {
      flags[p.lanes()[r]] = accepted[r];
      from[p.lanes()[r]] = r;
    }
    try (NDManager m = manager.newSubManager()) {
      current.merge(m, source, p.firstInput(), layout.inputs(), p.whole() ? null : from, flags);
    }
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
    Proposal p = new Proposal(all, position, position + 1, new int[0][], beta, columns, false);
    Normalizers wanted = new Normalizers.Ladder(betas);
    int[][] sequences = new int[lanes][];
    for (int l = 0; l < lanes; l++) {
      sequences[l] = tokens[l].clone();
    }
    Collector out =
        new Collector(
            lanes, position + 1, position, layout.firstScored(), wanted.count(), head.size());
    drawing.drawUnscored(p, sequences);
    if (position >= layout.firstScored()) {
      try (NDManager m = manager.newSubManager()) {
        drawing.draw(m, p, current, lanes, position, sequences, wanted, out);
        positions += lanes;
      }
    }
    System.arraycopy(sequences, 0, tokens, 0, lanes);
    filled++;
    synced = 0;
    pending = null;
    return out.finish(sequences);
  }

  @Override
  public float[][] next() {
    if (filled >= length) {
      throw new IllegalStateException("the lanes are full; clear them first");
    }
    pending = null;
    synced = 0;
    return filled < layout.firstScored()
        ? new float[lanes][head.size()]
        : queue.call(this::nextNow);
  }

  private float[][] nextNow() {
    int input = layout.inputOf(filled);
    long[] ids = new long[lanes];
    for (int r = 0; r < lanes; r++) {
      layout.fill(ids, r, 1, input, tokens[r]);
    }
    float[][] all = new float[lanes][];
    try (NDManager m = manager.newSubManager()) {
      PtNDArray hidden = steps.hidden(m, steps.embedIds(m, ids), lanes, 1, input, current);
      int chunk = Math.min(lanes, head.chunk());
      for (int from = 0; from < lanes; from += chunk) {
        int to = Math.min(lanes, from + chunk);
        PtNDArray part = chunk == lanes ? hidden : Torch.slice(hidden, 0, from, to);
        PtNDArray logp = head.logProbabilities(part);
        float[] values = logp.toFloatArray();
        for (int l = from; l < to; l++) {
          int at = (l - from) * head.size();
          all[l] = Arrays.copyOfRange(values, at, at + head.size());
        }
        logp.close();
      }
    }
    positions += lanes;
    return all;
  }

  @Override
  public void append(int[] next) {
    if (filled >= length || next.length != lanes) {
      throw new IllegalStateException("one token per lane expected, and room for it");
    }
    for (int l = 0; l < lanes; l++) {
      tokens[l] = tokens[l].clone();
      tokens[l][filled] = next[l];
    }
    filled++;
    synced = 0;
    pending = null;
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
    int to = Math.min(layout.inputs(), Math.max(0, layout.inputOf(filled)));
    if (to > layout.firstInput()) {

      try (NDManager m = manager.newSubManager()) {
        current.take(m, current, layout.firstInput(), to, ancestors);
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
}
