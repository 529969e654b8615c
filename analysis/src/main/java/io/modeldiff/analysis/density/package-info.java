/**
 * Densities over z apart from MBAR: choosing Z from quantiles along the ladder, and counts from a
 * flat-histogram run.
 */
@NullMarked
package io.modeldiff.analysis.density;

import org.jspecify.annotations.NullMarked;
