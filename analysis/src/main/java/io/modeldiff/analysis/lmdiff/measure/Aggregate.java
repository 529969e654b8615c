package io.modeldiff.analysis.lmdiff.measure;

import java.util.Arrays;

/**
 * How per-token values become one value of a text (LMdiff, section 2.2). Values are signed; the
 * extremes are of the signed values, not of their magnitudes.
 */
public enum Aggregate {
  /** Arithmetic mean. */
  AVG("avg"),
  /** Signed maximum. */
  MAX("max"),
  /** Signed minimum. */
  MIN("min"),
  /** Median (mean of the middle two). */
  MEDIAN("median"),
  /** 75% quantile, linearly interpolated. */
  UPPER_QUARTILE("upper_quartile"),
  /** Mean of the {@value #TOP} largest values (of all, where there are fewer). */
  TOPK_MEAN("topk_mean");

  /** How many values {@link #TOPK_MEAN} averages. */
  public static final int TOP = 5;

  private final String id;

  Aggregate(String id) {
    this.id = id;
  }

  /** Prefix in files and the API. */
  public String id() {
    return id;
  }

  /**
   * The aggregate of values that are sorted ascending.
   *
   * @param sorted at least one value
   */
  public double of(double[] sorted) {
    int n = sorted.length;
    return switch (this) {
      case AVG -> mean(sorted, 0);
      case MAX -> sorted[n - 1];
      case MIN -> sorted[0];
      case MEDIAN -> quantile(sorted, 0.5);
      case UPPER_QUARTILE -> quantile(sorted, 0.75);
      case TOPK_MEAN -> mean(sorted, Math.max(0, n - TOP));
    };
  }

  /** Every aggregate of a text's per-token values, in the order of this enum. */
  public static double[] all(double[] tokens) {
    double[] sorted = tokens.clone();
    Arrays.sort(sorted);
    Aggregate[] aggregates = values();
    double[] results = new double[aggregates.length];
    for (int a = 0; a < results.length; a++) {
      results[a] = aggregates[a].of(sorted);
    }
    return results;
  }

  /** Linear interpolation between order statistics (Hyndman and Fan's type 7). */
  public static double quantile(double[] sorted, double q) {
    double at = q * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  private static double mean(double[] sorted, int from) {
    return Arrays.stream(sorted, from, sorted.length).sum() / (sorted.length - from);
  }
}
