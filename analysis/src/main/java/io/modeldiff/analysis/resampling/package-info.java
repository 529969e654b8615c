/**
 * Error bars from independent repetitions: lanes (or SMC replicates) are the unit, because samples
 * within one chain are not independent. Delete-one or delete-group jackknife, t intervals,
 * bootstrap means.
 */
@NullMarked
package io.modeldiff.analysis.resampling;

import org.jspecify.annotations.NullMarked;
