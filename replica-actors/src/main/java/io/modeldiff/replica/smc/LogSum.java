package io.modeldiff.replica.smc;

/** Running log Σ exp(x) in float64. */
public final class LogSum {
  private double max = Double.NEGATIVE_INFINITY;
  private double scaled;

  /** Adds exp(x). */
  public void add(double x) {
    if (x == Double.NEGATIVE_INFINITY) {
      return;
    }
    if (x > max) {
      scaled = scaled * Math.exp(max - x) + 1;
      max = x;
    } else {
      scaled += Math.exp(x - max);
    }
  }

  /** The logarithm of the sum so far; −∞ of nothing. */
  public double log() {
    return scaled == 0 ? Double.NEGATIVE_INFINITY : max + Math.log(scaled);
  }

  /** log Σ exp of an array. */
  public static double of(double[] values) {
    LogSum sum = new LogSum();
    for (double v : values) {
      sum.add(v);
    }
    return sum.log();
  }
}
