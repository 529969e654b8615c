/**
 * A result as files for other programs: samples, histograms, sweeps and figures as CSV, JSON or
 * Parquet, with a dictionary of every column.
 */
@NullMarked
package io.modeldiff.web.result.export;

import org.jspecify.annotations.NullMarked;
