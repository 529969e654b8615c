package io.modeldiff.analysis.diagnostics;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Draws of one quantity by several chains of equal length, and the transformations that the
 * diagnostics apply to them. Immutable.
 */
final class Chains {
  private static final NormalDistribution NORMAL = new NormalDistribution();

  final double[][] draws;

  Chains(double[][] draws) {
    this.draws = draws;
  }

  int chains() {
    return draws.length;
  }

  int length() {
    return draws[0].length;
  }

  int size() {
    return chains() * length();
  }

  double[] flat() {
    return Arrays.stream(draws).flatMapToDouble(Arrays::stream).toArray();
  }

  boolean hasNaN() {
    return Arrays.stream(draws).flatMapToDouble(Arrays::stream).anyMatch(Double::isNaN);
  }

  /** Whether all draws are equal up to the resolution of doubles. */
  boolean isConstant() {
    double[] all = flat();
    return Arrays.stream(all).max().orElse(0) - Arrays.stream(all).min().orElse(0) < 1e-15;
  }

  Chains map(DoubleUnaryOperator f) {
    double[][] mapped = new double[chains()][];
    Arrays.setAll(mapped, c -> Arrays.stream(draws[c]).map(f).toArray());
    return new Chains(mapped);
  }

  /** Each chain as its first and its last half; an odd middle draw is dropped. */
  Chains split() {
    int half = length() / 2;
    double[][] halves = new double[2 * chains()][];
    for (int c = 0; c < chains(); c++) {
      halves[c] = Arrays.copyOf(draws[c], half);
      halves[chains() + c] = Arrays.copyOfRange(draws[c], length() - half, length());
    }
    return new Chains(halves);
  }

  /** Distances from the median of all draws. */
  Chains folded() {
    double median = quantile(0.5);
    return map(x -> Math.abs(x - median));
  }

  /** Ranks over all chains (ties averaged) as normal scores, with Blom's 3/8 offset. */
  Chains normalScores() {
    double[] sorted = flat();
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] += 0.0; // -0.0 and 0.0 are one value, which sorting would tell apart
    }
    Arrays.sort(sorted);
    double[] scores = new double[sorted.length]; // of the values in sorted order
    for (int from = 0; from < sorted.length; ) {
      int until = from + 1;
      while (until < sorted.length && sorted[until] == sorted[from]) {
        until++;
      }
      double average = (from + 1 + until) / 2.0;
      double p = (average - 0.375) / (sorted.length + 0.25);
      Arrays.fill(scores, from, until, NORMAL.inverseCumulativeProbability(p));
      from = until;
    }
    return map(x -> scores[Arrays.binarySearch(sorted, x + 0.0)]);
  }

  /** Linear interpolation between order statistics (R's type 7). */
  double quantile(double p) {
    double[] sorted = flat();
    Arrays.sort(sorted);
    double at = p * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  static double mean(double[] x) {
    return Arrays.stream(x).sum() / x.length;
  }

  /** Unbiased variance. */
  static double variance(double[] x) {
    double mean = mean(x);
    return Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (x.length - 1);
  }
}
