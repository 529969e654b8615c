/**
 * From people's scores of representative inputs to precision and recall (Model-diff, eq. 8 and 9),
 * with intervals that hold the uncertainty of the counts and of the annotations.
 */
@NullMarked
package io.modeldiff.analysis.annotation;

import org.jspecify.annotations.NullMarked;
