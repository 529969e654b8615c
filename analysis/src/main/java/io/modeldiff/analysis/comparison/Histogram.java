package io.modeldiff.analysis.comparison;

import java.util.List;

/**
 * Estimated numbers of inputs per bin.
 *
 * @param edges bin edges, one more than bins; bins are closed on the left, the last also on the
 *     right
 * @param bins one estimate per bin; bins without samples are not observed
 */
public record Histogram(double[] edges, List<CountEstimate> bins) {
  static final Histogram EMPTY = new Histogram(new double[0], List.of());
}
