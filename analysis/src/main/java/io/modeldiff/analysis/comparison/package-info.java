/**
 * What two campaigns say about two models: numbers of inputs, D histograms, agreement and
 * disagreement (Model-diff, eq. 1–13), each with an error bar from independent lanes. Pure
 * functions over columns of samples; where samples come from, and where results go, is others'
 * business.
 */
@NullMarked
package io.modeldiff.analysis.comparison;

import org.jspecify.annotations.NullMarked;
