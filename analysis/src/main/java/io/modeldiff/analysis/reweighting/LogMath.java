package io.modeldiff.analysis.reweighting;

/** Sums of numbers that are held as natural logarithms; −∞ is the logarithm of nothing. */
public final class LogMath {
  /** ln 10: divides natural logarithms into the log10 that people read. */
  public static final double LN10 = Math.log(10.0);

  private LogMath() {}

  /** log(e^a + e^b) without overflow. */
  public static double logAdd(double a, double b) {
    if (a == Double.NEGATIVE_INFINITY) {
      return b;
    }
    if (b == Double.NEGATIVE_INFINITY) {
      return a;
    }
    return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
  }

  /** log Σ e^x over all entries; −∞ for none. */
  public static double logSum(double... x) {
    double max = Double.NEGATIVE_INFINITY;
    for (double v : x) {
      max = Math.max(max, v);
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (double v : x) {
      sum += Math.exp(v - max);
    }
    return max + Math.log(sum);
  }
}
