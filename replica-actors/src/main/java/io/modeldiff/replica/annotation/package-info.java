/**
 * The owner of an annotation project: hands out items, takes answers, and never lets more people
 * than asked for hold one item. {@link io.modeldiff.replica.annotation.Decisions} decides from
 * facts, {@link io.modeldiff.replica.annotation.AnnotationActor} stores what was decided.
 */
@NullMarked
package io.modeldiff.replica.annotation;

import org.jspecify.annotations.NullMarked;
