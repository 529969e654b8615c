/**
 * From the journal to the estimators: folds a campaign's events into what counts, and reads its
 * kept samples with the other models' energies beside them.
 */
@NullMarked
package io.modeldiff.analysis.history;

import org.jspecify.annotations.NullMarked;
