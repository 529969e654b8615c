/**
 * Sampling between two models: populations that grow token by token from the geometric mixtures of
 * both models' conditionals.
 */
@NullMarked
package io.modeldiff.replica.bridge;

import org.jspecify.annotations.NullMarked;
