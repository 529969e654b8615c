package io.modeldiff.analysis.comparison;

import java.util.Arrays;

/**
 * Weighted sums per bin and per jackknife replicate, for consecutive bins that grow as needed. Sums
 * are in units of e^scale.
 */
final class ReplicateRows {
  private final int width;
  private final double scale;
  private int first;
  private int bins;
  private double[] sums = new double[0];
  private double[] squares = new double[0];
  private long[] groups = new long[0];
  private long[] samples = new long[0];

  ReplicateRows(int width, double scale) {
    this.width = width;
    this.scale = scale;
  }

  /** Adds a sample's weight in every replicate, times a factor. */
  void add(int bin, double[] weights, double factor, int group) {
    int b = row(bin);
    int offset = b * width;
    for (int r = 0; r < width; r++) {
      sums[offset + r] += factor * weights[r];
    }
    double w = factor * weights[0];
    squares[b] += w * w;
    groups[b] |= 1L << group;
    samples[b]++;
  }

  private int row(int bin) {
    if (bins > 0 && bin >= first && bin < first + bins) {
      return bin - first;
    }
    int low = bins == 0 ? bin : Math.min(bin, first);
    int high = bins == 0 ? bin + 1 : Math.max(bin + 1, first + bins);
    int n = high - low;
    int shift = bins == 0 ? 0 : first - low;
    sums = shifted(sums, n * width, shift * width);
    squares = shifted(squares, n, shift);
    long[] g = new long[n];
    System.arraycopy(groups, 0, g, shift, bins);
    groups = g;
    long[] s = new long[n];
    System.arraycopy(samples, 0, s, shift, bins);
    samples = s;
    first = low;
    bins = n;
    return bin - first;
  }

  private static double[] shifted(double[] from, int length, int shift) {
    double[] to = new double[length];
    System.arraycopy(from, 0, to, shift, from.length);
    return to;
  }

  /** Adds another table of the same width and scale. */
  void merge(ReplicateRows other) {
    for (int b = 0; b < other.bins; b++) {
      if (other.samples[b] > 0) {
        int mine = row(other.first + b);
        for (int r = 0; r < width; r++) {
          sums[mine * width + r] += other.sums[b * width + r];
        }
        squares[mine] += other.squares[b];
        groups[mine] |= other.groups[b];
        samples[mine] += other.samples[b];
      }
    }
  }

  int first() {
    return first;
  }

  int bins() {
    return bins;
  }

  /** The sum of bins from..until−1 (bins outside the table are empty). */
  Tally tally(int from, int until) {
    double[] sum = new double[width];
    double squareSum = 0;
    long groupSet = 0;
    long count = 0;
    for (int bin = Math.max(from, first); bin < Math.min(until, first + bins); bin++) {
      int b = bin - first;
      for (int r = 0; r < width; r++) {
        sum[r] += sums[b * width + r];
      }
      squareSum += squares[b];
      groupSet |= groups[b];
      count += samples[b];
    }
    return tally(sum, squareSum, groupSet, count);
  }

  private Tally tally(double[] logs, double squareSum, long groupSet, long count) {
    double ess = squareSum > 0 ? logs[0] * logs[0] / squareSum : 0;
    for (int r = 0; r < width; r++) {
      logs[r] = logs[r] > 0 ? Math.log(logs[r]) + scale : Double.NEGATIVE_INFINITY;
    }
    return new Tally(logs, ess, Long.bitCount(groupSet), count);
  }

  /**
   * Running sums from one end: entry i covers the i + 1 bins from the low end (or the high end) of
   * {@code from..until−1}.
   */
  Tally[] running(int from, int until, boolean fromHigh) {
    Tally[] result = new Tally[Math.max(0, until - from)];
    double[] sum = new double[width];
    double squareSum = 0;
    long groupSet = 0;
    long count = 0;
    for (int i = 0; i < result.length; i++) {
      int b = (fromHigh ? until - 1 - i : from + i) - first;
      if (b >= 0 && b < bins) {
        for (int r = 0; r < width; r++) {
          sum[r] += sums[b * width + r];
        }
        squareSum += squares[b];
        groupSet |= groups[b];
        count += samples[b];
      }
      result[i] = tally(sum.clone(), squareSum, groupSet, count);
    }
    return result;
  }

  /** The sum of all bins. */
  Tally all() {
    return tally(first, first + bins);
  }

  /**
   * A sum over samples.
   *
   * @param logs its logarithm per replicate
   * @param ess (Σw)²/Σw²
   * @param lanes lane groups that contribute
   * @param samples samples that contribute
   */
  record Tally(double[] logs, double ess, int lanes, long samples) {
    static Tally empty(int width) {
      double[] none = new double[width];
      Arrays.fill(none, Double.NEGATIVE_INFINITY);
      return new Tally(none, 0, 0, 0);
    }
  }
}
