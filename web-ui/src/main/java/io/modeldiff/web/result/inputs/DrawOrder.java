package io.modeldiff.web.result.inputs;

import io.modeldiff.analysis.comparison.SampleBatch;
import io.modeldiff.analysis.history.ComparisonAnalysis.Side;
import io.modeldiff.analysis.history.PackedTokens;
import io.modeldiff.core.space.NllRange;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One side's inputs in the order of drawing, with an index by D. All that a range asks about lies
 * in columns in that order: a range that holds many inputs is read from the front of them, one that
 * holds few through the index, so that a page of millions takes milliseconds.
 */
final class DrawOrder {
  // A range with less than one in so many inputs is read through the index.
  private static final int MANY = 64;

  private final Side side;
  // Samples are numbered through; the number of each batch's first one.
  private final int[] first;
  private final int[] sample;
  private final float[] d;
  private final float[] z;
  // Places in the order of drawing, by D.
  private final int[] byD;
  private final float lowestZ;
  private final float highestZ;

  private DrawOrder(Side side, int[] first, int[] sample, float[] d, float[] z) {
    this.side = side;
    this.first = first;
    this.sample = sample;
    this.d = d;
    this.z = z;
    this.byD = sorted(d);
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : z) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    this.lowestZ = low;
    this.highestZ = high;
  }

  private static int[] sorted(float[] values) {
    long[] order = new long[values.length];
    for (int k = 0; k < order.length; k++) {
      order[k] = sortable(values[k]) << 32 | k;
    }
    Arrays.parallelSort(order);
    int[] places = new int[order.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = (int) order[i];
    }
    return places;
  }

  /**
   * Prepares the order.
   *
   * @param number 0 for the first model, 1 for the second
   */
  static DrawOrder of(Side side, NllRange range, int number) {
    List<SampleBatch> batches = side.samples().batches();
    int all = Math.toIntExact(side.samples().size());
    int[] first = new int[batches.size()];
    float[] d = new float[all];
    float[] z = new float[all];
    long[] order = new long[all];
    Chains chains = new Chains(side);
    int at = 0;
    int n = 0;
    for (int b = 0; b < batches.size(); b++) {
      SampleBatch samples = batches.get(b);
      first[b] = at;
      chains.next(b);
      for (int i = 0; i < samples.size(); i++, at++) {
        if (samples.scored()[i] && range.contains(samples.zOwn()[i]) && chains.isNew(b, i)) {
          z[at] = samples.zOwn()[i];
          d[at] = (samples.zOwn()[i] - samples.zOther()[i]) * (number == 0 ? 1 : -1);
          order[n++] = sortable(key(side, b, i, number)) << 32 | at;
        }
      }
    }
    Arrays.parallelSort(order, 0, n);
    return inOrder(side, first, Arrays.copyOf(order, n), d, z);
  }

  private static DrawOrder inOrder(Side side, int[] first, long[] order, float[] d, float[] z) {
    int[] sample = new int[order.length];
    float[] dInOrder = new float[order.length];
    float[] zInOrder = new float[order.length];
    for (int k = 0; k < order.length; k++) {
      sample[k] = (int) order[k];
      dInOrder[k] = d[sample[k]];
      zInOrder[k] = z[sample[k]];
    }
    return new DrawOrder(side, first, sample, dInOrder, zInOrder);
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

  /** The inputs within a query's ranges of D and z, in the order of drawing. */
  Within within(InputQuery query) {
    int from = firstWithD(query.from(), true);
    int to = firstWithD(query.to(), false);
    if (to - from <= sample.length / MANY) {
      int[] few = Arrays.stream(byD, from, to).filter(k -> fits(k, query)).sorted().toArray();
      return new Within(query, few, few.length);
    }
    boolean anyZ = query.zFrom() <= lowestZ && query.zTo() >= highestZ;
    return new Within(query, null, anyZ ? to - from : count(query));
  }

  /** How many inputs have a D below a bound, or below or at it. */
  private int firstWithD(double bound, boolean below) {
    int low = 0;
    int high = byD.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      float value = d[byD[middle]];
      if (below ? value < bound : value <= bound) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int count(InputQuery query) {
    int count = 0;
    for (int k = 0; k < sample.length; k++) {
      count += fits(k, query) ? 1 : 0;
    }
    return count;
  }

  /** What lies within a query's ranges, one after the other. */
  final class Within {
    private final InputQuery query;
    private final int @Nullable [] few;
    private final int count;
    private int next;

    private Within(InputQuery query, int @Nullable [] few, int count) {
      this.query = query;
      this.few = few;
      this.count = count;
    }

    /** How many there are. */
    int count() {
      return count;
    }

    /** Places in the order of drawing: as many as there are, after some that are left out. */
    int[] next(int leftOut, int limit) {
      int[] places = new int[Math.min(limit, count)];
      int n = 0;
      int seen = 0;
      for (int k = next(); k >= 0 && n < places.length; k = next()) {
        if (seen++ >= leftOut) {
          places[n++] = k;
        }
      }
      return Arrays.copyOf(places, n);
    }

    private int next() {
      if (few != null) {
        return next < few.length ? few[next++] : -1;
      }
      while (next < sample.length && !fits(next, query)) {
        next++;
      }
      return next < sample.length ? next++ : -1;
    }
  }

  /** Number of inputs. */
  int size() {
    return sample.length;
  }

  /** Whether the k-th input lies within a query's ranges of D and z. */
  boolean fits(int k, InputQuery query) {
    return d[k] >= query.from()
        && d[k] <= query.to()
        && z[k] >= query.zFrom()
        && z[k] <= query.zTo();
  }

  /** The batch of the k-th input. */
  int batch(int k) {
    int found = Arrays.binarySearch(first, sample[k]);
    int b = found < 0 ? -found - 2 : found;
    // A batch without samples begins where the next one does.
    while (b + 1 < first.length && first[b + 1] <= sample[k]) {
      b++;
    }
    return b;
  }

  /** The place of the k-th input in its batch. */
  int at(int k, int batch) {
    return sample[k] - first[batch];
  }

  /** Token ids of the k-th input. */
  int[] tokens(int k) {
    int batch = batch(k);
    return side.samples().tokens().get(batch).sequence(at(k, batch));
  }

  /** What was last kept of each chain. */
  private static final class Chains {
    private final Side side;
    private final boolean smc;
    // By lane: batch and place in it; −1 for none.
    private int[] lastBatch = {};
    private int[] lastAt = {};
    private long round = Long.MAX_VALUE;

    Chains(Side side) {
      this.side = side;
      this.smc = side.campaign().byReplicates();
    }

    /** A replica's rounds follow each other; particles of one replicate have common ancestors. */
    void next(int b) {
      long now = side.samples().rounds().get(b);
      if (smc || now <= round) {
        int lanes = smc ? 1 : side.samples().batches().get(b).size();
        lastBatch = new int[lanes];
        lastAt = new int[lanes];
        Arrays.fill(lastBatch, -1);
      }
      round = now;
    }

    boolean isNew(int b, int i) {
      List<PackedTokens> tokens = side.samples().tokens();
      int lane = smc ? 0 : i;
      int last = lastBatch[lane];
      PackedTokens own = tokens.get(b);
      if (last >= 0 && 2 * own.inCommon(i, tokens.get(last), lastAt[lane]) > own.length()) {
        return false;
      }
      lastBatch[lane] = b;
      lastAt[lane] = i;
      return true;
    }
  }
}
