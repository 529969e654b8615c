package io.modeldiff.core.annotation;

import io.modeldiff.core.serialization.CborSerializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one person says about one item.
 *
 * @param by the person
 * @param score 1 "perfectly good" to 0 "completely bad"; null for "cannot judge"
 * @param comment in words, possibly empty
 * @param guidelines version of the guidelines that the person read
 * @param requestId sent again, the same request changes nothing
 * @param at when it came
 * @param late whether the person no longer held the item by then
 * @param counted whether it is one of the item's answers; a late one that came when all places were
 *     taken is kept aside
 * @param revised whether it replaced an earlier answer of the same person
 */
public record Answer(
    String by,
    @Nullable Double score,
    String comment,
    int guidelines,
    String requestId,
    Instant at,
    boolean late,
    boolean counted,
    boolean revised)
    implements CborSerializable {
  Answer nowCounted() {
    return new Answer(by, score, comment, guidelines, requestId, at, late, true, revised);
  }
}
