/**
 * Comparisons of campaigns: which campaigns, over which Z, and the energies that each model gave to
 * the other's samples.
 */
@NullMarked
package io.modeldiff.core.comparison;

import org.jspecify.annotations.NullMarked;
