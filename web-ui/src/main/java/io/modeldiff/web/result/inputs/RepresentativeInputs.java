package io.modeldiff.web.result.inputs;

import io.modeldiff.analysis.comparison.SampleBatch;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.analysis.history.ComparisonAnalysis.Side;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.core.space.NllRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The inputs behind an outcome, in a random order in which heavy ones tend to come first: taken
 * from the front they are draws without replacement with probabilities in proportion to their
 * weights (Efraimidis and Spirakis 2006). The order is the same in every process, and one input
 * keeps its place before another when more are sampled. Of one chain's successive states only such
 * are kept as differ from the last kept one in at least half of their tokens.
 */
public final class RepresentativeInputs {
  private static final int MOST_SEARCHED = 50_000;

  private final Outcome outcome;
  private final Drawn[] sides;

  /** Prepares the order of both sides. */
  public RepresentativeInputs(Outcome outcome) {
    this.outcome = outcome;
    NllRange z = outcome.comparison().spec().z();
    this.sides = new Drawn[] {Drawn.of(outcome.a(), z, 0), Drawn.of(outcome.b(), z, 1)};
  }

  /** Where one side's inputs are, in the order of drawing. */
  private record Drawn(int[] batch, int[] at, float[] d, float[] z) {
    static Drawn of(Side side, NllRange range, int number) {
      List<SampleBatch> batches = side.samples().batches();
      int capacity = (int) Math.min(Integer.MAX_VALUE - 8, side.samples().size());
      int[] batch = new int[capacity];
      int[] at = new int[capacity];
      long[] order = new long[capacity];
      Chains chains = new Chains(side);
      int n = 0;
      for (int b = 0; b < batches.size(); b++) {
        SampleBatch samples = batches.get(b);
        chains.next(b);
        for (int i = 0; i < samples.size(); i++) {
          if (samples.scored()[i] && range.contains(samples.zOwn()[i]) && chains.isNew(b, i)) {
            batch[n] = b;
            at[n] = i;
            order[n] = sortable(key(side, b, i, number)) << 32 | n;
            n++;
          }
        }
      }
      order = Arrays.copyOf(order, n);
      Arrays.sort(order);
      int[] batchInOrder = new int[n];
      int[] atInOrder = new int[n];
      float[] d = new float[n];
      float[] z = new float[n];
      for (int k = 0; k < n; k++) {
        int from = (int) order[k];
        SampleBatch samples = batches.get(batch[from]);
        int i = at[from];
        batchInOrder[k] = batch[from];
        atInOrder[k] = i;
        z[k] = samples.zOwn()[i];
        d[k] = (samples.zOwn()[i] - samples.zOther()[i]) * (number == 0 ? 1 : -1);
      }
      return new Drawn(batchInOrder, atInOrder, d, z);
    }

    /** log(−log u / w): the smaller, the earlier. */
    private static float key(Side side, int b, int i, int number) {
      SampleBatch samples = side.samples().batches().get(b);
      long identity =
          mix(side.samples().rounds().get(b) * 0x9E3779B97F4A7C15L + number)
              ^ mix(((long) samples.rung()[i] << 32 | i) + 1);
      double u = ((mix(identity) >>> 11) + 0.5) * 0x1p-53;
      return (float) (Math.log(-Math.log(u)) - side.logWeight(samples, i));
    }

    private static long mix(long x) {
      long y = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
      y = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
      return y ^ (y >>> 31);
    }

    /** A float's bits as an integer of the same order. */
    private static long sortable(float value) {
      int bits = Float.floatToIntBits(value);
      return bits ^ ((bits >> 31) & 0x7FFFFFFF);
    }

    boolean fits(int k, InputQuery query) {
      return d[k] >= query.from()
          && d[k] <= query.to()
          && z[k] >= query.zFrom()
          && z[k] <= query.zTo();
    }
  }

  /** What was last kept of each chain. */
  private static final class Chains {
    private final Side side;
    private final boolean smc;
    private int[][] last = new int[0][];
    private long round = Long.MAX_VALUE;

    Chains(Side side) {
      this.side = side;
      this.smc = side.campaign().byReplicates();
    }

    /** A replica's rounds follow each other; particles of one replicate have common ancestors. */
    void next(int b) {
      long now = side.samples().rounds().get(b);
      if (smc || now <= round) {
        last = new int[smc ? 1 : side.samples().batches().get(b).size()][0];
      }
      round = now;
    }

    boolean isNew(int b, int i) {
      int[] tokens = side.samples().tokens().get(b)[i];
      int lane = smc ? 0 : i;
      int[] before = last[lane];
      int equal = 0;
      for (int t = 0; t < before.length; t++) {
        equal += before[t] == tokens[t] ? 1 : 0;
      }
      if (before.length > 0 && 2 * equal > tokens.length) {
        return false;
      }
      last[lane] = tokens;
      return true;
    }
  }

  /** A page of the inputs that a query asks for. */
  public InputPage page(InputQuery query, Tokenizer tokenizer) {
    int side = query.direction().equals("AB") ? 0 : 1;
    Drawn drawn = sides[side];
    String wanted = query.text().toLowerCase(Locale.ROOT);
    List<Input> page = new ArrayList<>();
    long total = 0;
    long within = 0;
    long searched = 0;
    for (int k = 0; k < drawn.d().length; k++) {
      if (!drawn.fits(k, query)) {
        continue;
      }
      within++;
      if (!wanted.isEmpty()) {
        if (searched >= MOST_SEARCHED) {
          continue;
        }
        int[] tokens = tokens(side, k);
        if (!tokenizer.decode(tokens).toLowerCase(Locale.ROOT).contains(wanted)) {
          searched++;
          continue;
        }
      }
      searched++;
      total++;
      if (total > query.offset() && page.size() < query.limit()) {
        page.add(input(side, drawn.batch()[k], drawn.at()[k], tokenizer));
      }
    }
    return new InputPage(page, total, searched, within);
  }

  private int[] tokens(int side, int k) {
    return side(side).samples().tokens().get(sides[side].batch()[k])[sides[side].at()[k]];
  }

  private Side side(int number) {
    return number == 0 ? outcome.a() : outcome.b();
  }

  /** One input by its id; null when there is none. */
  public @Nullable Input one(String id, Tokenizer tokenizer) {
    if (!id.matches("[01]-\\d{1,9}-\\d{1,4}-\\d{1,9}")) {
      return null;
    }
    int[] parts = Arrays.stream(id.split("-", -1)).mapToInt(Integer::parseInt).toArray();
    Side side = side(parts[0]);
    for (int b = 0; b < side.samples().batches().size(); b++) {
      SampleBatch batch = side.samples().batches().get(b);
      if (side.samples().rounds().get(b) == parts[1]
          && parts[3] < batch.size()
          && batch.rung()[parts[3]] == parts[2]) {
        return input(parts[0], b, parts[3], tokenizer);
      }
    }
    return null;
  }

  private Input input(int number, int b, int i, Tokenizer tokenizer) {
    Side side = side(number);
    SampleBatch batch = side.samples().batches().get(b);
    int[] tokens = side.samples().tokens().get(b)[i];
    double own = batch.zOwn()[i];
    double other = batch.zOther()[i];
    return new Input(
        number + "-" + side.samples().rounds().get(b) + "-" + batch.rung()[i] + "-" + i,
        number == 0 ? "AB" : "BA",
        number == 0 ? own : other,
        number == 0 ? other : own,
        side.logWeight(batch, i) / Math.log(10),
        Arrays.stream(tokens).boxed().toList(),
        Arrays.stream(tokens).mapToObj(tokenizer::token).toList(),
        tokenizer.decode(tokens));
  }

  /** What kind of text lies in a range of D, and which tokens it holds more of than the rest. */
  public TextMix mix(InputQuery query, Tokenizer tokenizer) {
    int side = query.direction().equals("AB") ? 0 : 1;
    Drawn drawn = sides[side];
    List<int[]> inside = new ArrayList<>();
    List<int[]> outside = new ArrayList<>();
    for (int k = 0; k < drawn.d().length; k++) {
      List<int[]> set = drawn.fits(k, query) ? inside : outside;
      if (set.size() < query.limit()) {
        set.add(tokens(side, k));
      } else if (inside.size() >= query.limit() && outside.size() >= query.limit()) {
        break;
      }
    }
    return TextMix.of(inside, outside, tokenizer);
  }
}
