/**
 * Between two models that barely overlap: rungs π_t ∝ p_A^{β(1−t)} p_B^{βt}, whose normalisers are
 * known at both ends, make rare agreement measurable.
 */
@NullMarked
package io.modeldiff.analysis.bridge;

import org.jspecify.annotations.NullMarked;
