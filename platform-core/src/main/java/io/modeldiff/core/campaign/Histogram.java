package io.modeldiff.core.campaign;

import io.modeldiff.core.serialization.CborSerializable;

/**
 * Sparse counts of z per rung: entry i says that {@code count[i]} states of rung {@code rung[i]}
 * fell into bin {@code bin[i]}, which covers [bin·width, (bin+1)·width) nats per token. Ordered by
 * rung, then bin.
 */
public record Histogram(int[] rung, int[] bin, int[] count) implements CborSerializable {}
