package io.modeldiff.analysis.readmodel;

/**
 * Where the lanes went in one round's swaps.
 *
 * @param round round number
 * @param rungs [replica][lane] the rung after the swaps
 */
public record RoundWalk(long round, int[][] rungs) {}
