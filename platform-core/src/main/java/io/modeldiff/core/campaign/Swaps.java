package io.modeldiff.core.campaign;

import io.modeldiff.core.serialization.CborSerializable;

/**
 * The swap phase of one round, over all lanes. Pair p is that of rungs p and p+1; which pairs are
 * tried alternates from round to round (deterministic even-odd scheme, Okabe et al. 2001).
 *
 * @param attempted [pair] swaps tried
 * @param accepted [pair] swaps made
 * @param rejection [pair] sum over the tried swaps of 1 − min(1, exp(Δβ·ΔE))
 */
public record Swaps(int[] attempted, int[] accepted, double[] rejection)
    implements CborSerializable {}
