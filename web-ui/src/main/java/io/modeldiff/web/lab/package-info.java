/**
 * The sampler laboratory: all methods at equal budgets on one pair of models, against the exact
 * answer or against each other.
 */
@NullMarked
package io.modeldiff.web.lab;

import org.jspecify.annotations.NullMarked;
