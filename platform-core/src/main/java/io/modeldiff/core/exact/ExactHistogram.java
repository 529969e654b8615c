package io.modeldiff.core.exact;

/**
 * Counts per bin.
 *
 * @param edges one more than counts, ascending; bins are closed on the left, the last also on the
 *     right (the rule of numpy.histogram)
 * @param counts numbers of sequences
 */
public record ExactHistogram(double[] edges, long[] counts) {}
