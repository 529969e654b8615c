/**
 * The read tables: what the dashboard, the API and the estimators read about campaigns, comparisons
 * and registrations. Each table has one class, which fills it from events and reads it. {@link
 * io.modeldiff.analysis.readmodel.ReadSide} starts the projections that fill them.
 */
@NullMarked
package io.modeldiff.analysis.readmodel;

import org.jspecify.annotations.NullMarked;
