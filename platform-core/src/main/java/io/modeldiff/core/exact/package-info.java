/**
 * The exact answer by full enumeration, for input spaces that are small enough: every sequence's
 * NLL under both models, counted.
 */
@NullMarked
package io.modeldiff.core.exact;

import org.jspecify.annotations.NullMarked;
