/**
 * The coordinator of a comparison: has every counted sample of each campaign scored by the other
 * models, once, and stores the energies.
 */
@NullMarked
package io.modeldiff.replica.comparison;

import org.jspecify.annotations.NullMarked;
