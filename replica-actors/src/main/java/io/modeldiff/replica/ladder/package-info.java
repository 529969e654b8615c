/** Ladders of inverse temperatures: what they are and how they adapt. */
@NullMarked
package io.modeldiff.replica.ladder;

import org.jspecify.annotations.NullMarked;
