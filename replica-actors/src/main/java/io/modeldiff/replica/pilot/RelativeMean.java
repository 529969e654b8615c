package io.modeldiff.replica.pilot;

import io.modeldiff.replica.smc.LogSum;

/**
 * Mean of positive estimates given by their logarithms.
 *
 * @param logMean log of the mean; −∞ if all are zero
 * @param relativeSe standard error of the mean relative to it; NaN with fewer than two estimates
 */
record RelativeMean(double logMean, double relativeSe) {
  static RelativeMean of(double[] logs) {
    int count = logs.length;
    double logMean = LogSum.of(logs) - Math.log(count);
    if (count < 2 || logMean == Double.NEGATIVE_INFINITY) {
      return new RelativeMean(logMean, Double.NaN);
    }
    double sum = 0;
    for (double l : logs) {
      double r = Math.exp(l - logMean) - 1;
      sum += r * r;
    }
    return new RelativeMean(logMean, Math.sqrt(sum / (count - 1) / count));
  }
}
