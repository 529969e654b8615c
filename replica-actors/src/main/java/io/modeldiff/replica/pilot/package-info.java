/**
 * The pilot of a campaign: where the ladder has to reach, what the run will cost, what cannot be
 * reached.
 */
@NullMarked
package io.modeldiff.replica.pilot;

import org.jspecify.annotations.NullMarked;
