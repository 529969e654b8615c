package io.modeldiff.core.exact;

import java.util.Arrays;

/**
 * All sequences of one model by NLL, in bins so fine (2⁻¹³ nats per token, with the mean of each)
 * that partition functions at any β follow from it: the error of log Z is of the order
 * (β·n·2⁻¹³)²/24.
 */
final class DensityOfStates {
  private static final double BINS_PER_NAT = 1 << 13;

  private final int scored;
  private long[] counts = new long[1 << 15];
  private double[] sums = new double[1 << 15];
  private double totalProbability;

  DensityOfStates(int scored) {
    this.scored = scored;
  }

  void add(float z) {
    int k = (int) (z * BINS_PER_NAT);
    if (k >= counts.length) {
      int length = Math.max(k + 1, 2 * counts.length);
      counts = Arrays.copyOf(counts, length);
      sums = Arrays.copyOf(sums, length);
    }
    counts[k]++;
    sums[k] += z;
    totalProbability += Math.exp(-scored * (double) z);
  }

  /** Σ_x exp(−E(x)): 1 behind a prefix, V without one. */
  double totalProbability() {
    return totalProbability;
  }

  /** log Σ_x exp(−β·E(x)), nats. */
  double logZ(double beta) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < counts.length; k++) {
      if (counts[k] > 0) {
        largest = Math.max(largest, term(k, beta));
      }
    }
    double sum = 0;
    for (int k = 0; k < counts.length; k++) {
      if (counts[k] > 0) {
        sum += Math.exp(term(k, beta) - largest);
      }
    }
    return largest + Math.log(sum);
  }

  private double term(int k, double beta) {
    return Math.log(counts[k]) - beta * scored * sums[k] / counts[k];
  }
}
