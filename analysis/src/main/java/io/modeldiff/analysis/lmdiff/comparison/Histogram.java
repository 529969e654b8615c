package io.modeldiff.analysis.lmdiff.comparison;

import io.modeldiff.core.error.UserException;

/**
 * Equal-width histogram from the least to the greatest value, the last bin closed, with NumPy's
 * edges and NumPy's decisions at them.
 *
 * @param counts [bins]
 * @param edges [bins + 1]
 */
public record Histogram(int[] counts, double[] edges) {
  /** Bins of the original's global view. */
  public static final int DEFAULT_BINS = 100;

  private static final int MAX_BINS = 100_000;

  /** Counts values; those that are not numbers are left out. */
  public static Histogram of(double[] values, int bins) {
    if (bins < 1 || bins > MAX_BINS) {
      throw UserException.badInput(
          "The number of histogram bins should be from 1 to " + MAX_BINS + ", not " + bins + ".");
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double v : values) {
      if (!Double.isNaN(v)) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
    }
    if (low > high) {
      low = 0;
      high = 1;
    } else if (low == high) {
      low -= 0.5;
      high += 0.5;
    }
    double[] edges = edges(low, high, bins);
    int[] counts = new int[bins];
    for (double v : values) {
      if (!Double.isNaN(v)) {
        counts[bin(v, edges)]++;
      }
    }
    return new Histogram(counts, edges);
  }

  /** The bin of a value between the first and the last edge. */
  public static int bin(double value, double[] edges) {
    int bins = edges.length - 1;
    double norm = bins / (edges[bins] - edges[0]);
    int bin = Math.min((int) ((value - edges[0]) * norm), bins - 1);
    if (value < edges[bin]) {
      return Math.max(0, bin - 1);
    }
    return bin < bins - 1 && value >= edges[bin + 1] ? bin + 1 : bin;
  }

  private static double[] edges(double low, double high, int bins) {
    double[] edges = new double[bins + 1];
    double step = (high - low) / bins;
    for (int i = 0; i < bins; i++) {
      edges[i] = i * step + low;
    }
    edges[bins] = high;
    return edges;
  }
}
