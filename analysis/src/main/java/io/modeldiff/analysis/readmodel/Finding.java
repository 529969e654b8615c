package io.modeldiff.analysis.readmodel;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a computed document without reading it.
 *
 * @param basis what it was computed from
 * @param sentence what it says in one sentence, or null
 */
public record Finding(Basis basis, @Nullable String sentence) {}
