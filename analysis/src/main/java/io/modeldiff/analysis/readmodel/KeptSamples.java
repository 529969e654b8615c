package io.modeldiff.analysis.readmodel;

/**
 * The states of one replica in one counted round whose z lies in Z.
 *
 * @param replica index of the replica
 * @param round round number
 * @param ladder version of the ladder
 * @param lanes [i] lane of sample i, ascending
 * @param rungs [i] rung it was sampled at
 * @param energies [i] E in nats per sequence, under the campaign's model
 * @param tokens [i][N]
 */
public record KeptSamples(
    int replica,
    long round,
    int ladder,
    int[] lanes,
    int[] rungs,
    double[] energies,
    int[][] tokens) {}
