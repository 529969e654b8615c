/**
 * Markov moves that leave a rung's target invariant, each with its exact Metropolis-Hastings
 * correction.
 */
@NullMarked
package io.modeldiff.replica.kernel;

import org.jspecify.annotations.NullMarked;
