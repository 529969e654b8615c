package io.modeldiff.replica.smc;

/**
 * Particles after some positions.
 *
 * @param position number of tokens that every particle has
 * @param tokens [M][position]
 * @param energies [M], −log p of the tokens so far, nats
 * @param logWeights [M], since the last resampling, not normalised
 * @param logMean log of the product of the mean weights at the resamplings so far
 * @param resamplings how often the population was resampled
 * @param positions token positions evaluated
 */
public record SmcState(
    int position,
    int[][] tokens,
    double[] energies,
    double[] logWeights,
    double logMean,
    int resamplings,
    long positions) {}
