package io.modeldiff.replica.flat;

import io.modeldiff.core.error.UserException;
import io.modeldiff.replica.schedule.Bias;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Wang-Landau sampling of a flat histogram over z (Wang and Landau 2001) with 1/t refinement
 * (Belardinelli and Pereyra 2007): every visit to a bin raises its log-weight ln h by the current
 * factor, and the walkers' target is π_β divided by h. The factor is halved whenever all bins known
 * to be populated have been visited since the last change, until it falls below bins/visits, and
 * follows that from then on. A bin that is found late starts at the lowest ln h known, so that the
 * walkers need not fill it from the bottom. h is the share of each bin under π_β, up to a constant.
 * The bins below the first and above the last edge are open: every sequence belongs to one.
 *
 * @param edges inner edges of the bins, ascending, nats per token
 * @param logH ln h per bin, one more than edges; −∞ where nothing was found yet
 * @param seen visits per bin since the last change of the factor
 * @param factor current increment of ln h
 * @param visits visits in all
 * @param following whether the factor follows bins/visits
 */
public record FlatHistogram(
    double[] edges, double[] logH, long[] seen, double factor, long visits, boolean following) {

  /**
   * Bins of a width between two values of z, and two open ones beside them.
   *
   * @param lanes walkers that visit at once: the first factor spreads one unit over them
   */
  public static FlatHistogram over(double low, double high, double width, int lanes) {
    if (!(width > 0) || !(high > low)) {
      throw UserException.badInput(
          "A flat histogram needs a range and a positive bin width, but the range was "
              + low
              + ":"
              + high
              + " and the width "
              + width
              + ".");
    }
    int inner = (int) Math.max(1, Math.round((high - low) / width));
    double[] edges = new double[inner + 1];
    Arrays.setAll(edges, i -> i == inner ? high : low + (high - low) * i / inner);
    return of(edges, lanes);
  }

  /**
   * The bins between given edges and two open ones beside them.
   *
   * @param edges ascending, nats per token
   * @param lanes walkers that visit at once
   */
  public static FlatHistogram of(double[] edges, int lanes) {
    int bins = edges.length + 1;
    double[] unknown = new double[bins];
    Arrays.fill(unknown, Double.NEGATIVE_INFINITY);
    return new FlatHistogram(
        edges, unknown, new long[bins], Math.min(1.0, bins / (double) lanes), 0, false);
  }

  /** Number of bins, the two open ones included. */
  public int bins() {
    return logH.length;
  }

  /** Bin of a value of z. */
  public int bin(double z) {
    int i = Arrays.binarySearch(edges, z);
    return i >= 0 ? i + 1 : -i - 1;
  }

  /**
   * The bias under which the histogram becomes flat, −ln h; highest where nothing was found yet.
   */
  public Bias bias() {
    double top = Arrays.stream(logH).max().orElse(0);
    double lowest = lowest();
    if (top == Double.NEGATIVE_INFINITY) {
      return Bias.NONE;
    }
    return new Bias(edges, Arrays.stream(logH).map(l -> top - Math.max(l, lowest)).toArray());
  }

  /** Whether any sequence was found in a bin. */
  public boolean found(int bin) {
    return logH[bin] > Double.NEGATIVE_INFINITY;
  }

  private double lowest() {
    return Arrays.stream(logH).filter(l -> l > Double.NEGATIVE_INFINITY).min().orElse(0);
  }

  /**
   * Takes up the energies of one round.
   *
   * @param energies nats per sequence
   * @param scored n
   */
  public FlatHistogram visited(double[] energies, int scored) {
    double[] next = logH.clone();
    long[] counts = seen.clone();
    double start = lowest();
    for (double e : energies) {
      int b = bin(e / scored);
      next[b] = (found(b) || counts[b] > 0 ? next[b] : start) + factor;
      counts[b]++;
    }
    long total = visits + energies.length;
    double inverseTime = bins() / (double) total;
    if (following) {
      return new FlatHistogram(edges, next, counts, inverseTime, total, true);
    }
    boolean all = true;
    for (int b = 0; b < counts.length; b++) {
      all &= next[b] == Double.NEGATIVE_INFINITY || counts[b] > 0;
    }
    if (!all) {
      return new FlatHistogram(edges, next, counts, factor, total, false);
    }
    double halved = factor / 2;
    boolean follow = halved < inverseTime;
    return new FlatHistogram(
        edges, next, new long[bins()], follow ? inverseTime : halved, total, follow);
  }

  /** Smallest over mean visits of populated bins since the last change: 1 is perfectly flat. */
  public double flatness() {
    long[] populated =
        IntStream.range(0, bins()).filter(this::found).mapToLong(b -> seen[b]).toArray();
    double mean = Arrays.stream(populated).average().orElse(0);
    return mean == 0 ? 0 : Arrays.stream(populated).min().orElse(0) / mean;
  }
}
