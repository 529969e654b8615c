package io.modeldiff.analysis.readmodel;

import io.modeldiff.core.campaign.RoundPhase;

/**
 * Swaps between rungs pair and pair + 1, summed over all lanes and rounds of a phase.
 *
 * @param tried lanes that tried
 * @param accepted lanes that swapped
 * @param rejection sum over lanes of 1 − min(1, exp(ΔβΔE))
 */
public record PairSwaps(
    int ladder, RoundPhase phase, int pair, long tried, long accepted, double rejection) {}
