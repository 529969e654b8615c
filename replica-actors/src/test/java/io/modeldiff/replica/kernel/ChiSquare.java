package io.modeldiff.replica.kernel;

/** Pearson's chi-square of counts against probabilities. */
final class ChiSquare {
  private static final double SMALLEST_EXPECTED = 5;

  private ChiSquare() {}

  /**
   * Standard normal score (Wilson and Hilferty 1931) of the statistic; cells with few expected
   * counts are pooled. Infinite where something impossible was seen.
   */
  static double score(long[] counts, double[] probability) {
    long total = 0;
    for (long c : counts) {
      total += c;
    }
    double statistic = 0;
    int cells = 0;
    double pooledExpected = 0;
    double pooledCount = 0;
    for (int i = 0; i < counts.length; i++) {
      double expected = total * probability[i];
      if (probability[i] < 1e-14 && counts[i] > 0) {
        return Double.POSITIVE_INFINITY;
      }
      if (expected >= SMALLEST_EXPECTED) {
        statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
        cells++;
      } else {
        pooledExpected += expected;
        pooledCount += counts[i];
      }
    }
    if (pooledExpected >= 1) {
      statistic += (pooledCount - pooledExpected) * (pooledCount - pooledExpected) / pooledExpected;
      cells++;
    }
    int freedom = cells - 1;
    if (freedom < 1) {
      return 0;
    }
    double spread = 2.0 / (9.0 * freedom);
    return (Math.cbrt(statistic / freedom) - (1 - spread)) / Math.sqrt(spread);
  }
}
