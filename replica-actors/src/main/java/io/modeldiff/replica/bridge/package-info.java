/** Sampling between two models: replica exchange from the one's distribution to the other's. */
@NullMarked
package io.modeldiff.replica.bridge;

import org.jspecify.annotations.NullMarked;
