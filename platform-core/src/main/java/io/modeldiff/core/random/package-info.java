/**
 * Keyed randomness: the same key gives the same numbers on every machine and after every restart.
 */
@NullMarked
package io.modeldiff.core.random;

import org.jspecify.annotations.NullMarked;
