/**
 * Whether a campaign can be believed: rank-normalised R̂ and effective sample sizes (Vehtari et al.
 * 2021), agreement of independent estimates of log Z, closure, overlap, signs of a first-order
 * change, and the verdict in words.
 */
@NullMarked
package io.modeldiff.analysis.diagnostics;

import org.jspecify.annotations.NullMarked;
