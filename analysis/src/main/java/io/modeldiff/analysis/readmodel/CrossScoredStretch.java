package io.modeldiff.analysis.readmodel;

/**
 * Energies that another model gave to a stretch of a sampler's history.
 *
 * @param fromSequence first sequence number covered
 * @param toSequence last one
 * @param sequences [i] sequence number of the event that holds sample i
 * @param lanes [i] its lane or particle
 * @param energies [i] E under the scorer, nats per sequence
 */
public record CrossScoredStretch(
    long fromSequence, long toSequence, long[] sequences, int[] lanes, double[] energies) {}
