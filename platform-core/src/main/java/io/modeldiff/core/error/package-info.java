/** Errors that a person can act on. */
@NullMarked
package io.modeldiff.core.error;

import org.jspecify.annotations.NullMarked;
