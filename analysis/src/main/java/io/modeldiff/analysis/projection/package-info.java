/**
 * From the journal to read tables, without missing an event.
 *
 * <p>Tags only wake a projection up. What it applies is decided per entity by sequence numbers: an
 * event that does not follow the last applied one is preceded by a reading of the missing stretch
 * from the entity's own history, and a sweep over all entities finds what no tag has told. So each
 * {@link io.modeldiff.analysis.projection.ReadModel} sees each entity's events in order, without
 * gaps, at least once, however late tags are written.
 */
@NullMarked
package io.modeldiff.analysis.projection;

import org.jspecify.annotations.NullMarked;
