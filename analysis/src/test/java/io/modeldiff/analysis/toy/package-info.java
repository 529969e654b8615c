/** A space small enough to enumerate, with exact tempered draws: the truth that estimators meet. */
@NullMarked
package io.modeldiff.analysis.toy;

import org.jspecify.annotations.NullMarked;
