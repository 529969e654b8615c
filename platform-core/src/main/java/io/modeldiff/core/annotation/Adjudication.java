package io.modeldiff.core.annotation;

import io.modeldiff.core.serialization.CborSerializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reviewer's word on an item, which counts instead of the annotators'.
 *
 * @param score null: nobody can judge it, it is left out of the results
 */
public record Adjudication(
    String by, @Nullable Double score, String comment, String requestId, Instant at)
    implements CborSerializable {}
