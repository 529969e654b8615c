package io.modeldiff.analysis.readmodel;

import io.modeldiff.core.campaign.RoundPhase;

/**
 * Counts of z at one rung, summed over all lanes and rounds of a phase.
 *
 * @param ladder version of the ladder
 * @param rung index on it
 * @param bins ascending; bin b covers [b·width, (b+1)·width) nats per token
 * @param counts one per bin
 */
public record RungHistogram(int ladder, RoundPhase phase, int rung, int[] bins, long[] counts) {}
