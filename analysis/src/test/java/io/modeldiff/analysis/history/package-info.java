/** Tests of the way from the journal to the estimators. */
@NullMarked
package io.modeldiff.analysis.history;

import org.jspecify.annotations.NullMarked;
