package io.modeldiff.replica.comparison;

import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.serialization.CborSerializable;
import org.jspecify.annotations.Nullable;

/**
 * A comparison as others see it.
 *
 * @param samples samples scored by another model so far
 * @param positions token positions that took
 * @param failure the sentence of a failed comparison
 */
public record ComparisonView(
    String comparison,
    ComparisonSpec spec,
    Cause started,
    ComparisonStatus status,
    long samples,
    long positions,
    @Nullable String failure)
    implements CborSerializable {}
