/** Annotation projects: decisions over random histories, and their owner stopped and reloaded. */
@NullMarked
package io.modeldiff.replica.annotation;

import org.jspecify.annotations.NullMarked;
