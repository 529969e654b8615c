/**
 * From tempered samples to numbers of inputs: the multistate estimator (MBAR) of the rungs' log
 * normalisers, and the counting weight of every sample, the number of inputs that it stands for.
 * Everything is kept as natural logarithms, because counts span 10^0 to 10^500.
 */
@NullMarked
package io.modeldiff.analysis.reweighting;

import org.jspecify.annotations.NullMarked;
