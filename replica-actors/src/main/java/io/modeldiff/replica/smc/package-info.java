/** Sequential Monte Carlo over token positions: replicates as pure, resumable units of work. */
@NullMarked
package io.modeldiff.replica.smc;

import org.jspecify.annotations.NullMarked;
