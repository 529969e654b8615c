package io.modeldiff.analysis.comparison;

import io.modeldiff.analysis.resampling.Jackknife;
import java.util.List;

/**
 * Estimated numbers of inputs per bin.
 *
 * @param edges bin edges, one more than bins; bins are closed on the left, the last also on the
 *     right
 * @param bins one estimate per bin; bins without samples are not observed
 * @param replicateLogs per bin, the log count with all lanes and with each group left out; for
 *     figures that combine bins
 * @param jackknife turns such replicates into a spread
 */
public record Histogram(
    double[] edges, List<CountEstimate> bins, List<double[]> replicateLogs, Jackknife jackknife) {}
