package io.modeldiff.core.campaign;

import io.modeldiff.core.serialization.CborSerializable;

/**
 * The swap phase of one round, for all lanes. Rungs p and p+1 form pair p; in round r the pairs
 * with p ≡ r (mod 2) are tried (deterministic even-odd scheme, Okabe et al. 2001).
 *
 * @param parity which pairs were tried: 0 even, 1 odd
 * @param accepted [pair] number of lanes that swapped, 0 for pairs not tried
 * @param rejection [pair] sum over lanes of 1 − min(1, exp(ΔβΔE)), 0 for pairs not tried
 */
public record Swaps(int parity, int[] accepted, double[] rejection) implements CborSerializable {}
