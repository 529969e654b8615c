/**
 * Annotation projects: what people are asked about representative inputs, what they answered, and
 * who holds which item. A project is a function of its events ({@link
 * io.modeldiff.core.annotation.AnnotationProject}).
 */
@NullMarked
package io.modeldiff.core.annotation;

import org.jspecify.annotations.NullMarked;
