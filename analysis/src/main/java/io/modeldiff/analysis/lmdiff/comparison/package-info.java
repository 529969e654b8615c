/**
 * Two analysis caches of one corpus side by side: every measure of every phrase, rankings, the
 * global histogram, corpus means with uncertainty, filters, slices and dataset errors. Pure
 * statistics; nothing here loads a model.
 */
@NullMarked
package io.modeldiff.analysis.lmdiff.comparison;

import org.jspecify.annotations.NullMarked;
