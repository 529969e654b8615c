/**
 * LMdiff (Strobelt et al. 2021) as an engine: corpora, per-token analysis caches, measures of how
 * two models differ, rankings, and the original tool's files. Everywhere model 1 and model 2 are
 * the two sides and every difference is model 2 − model 1.
 */
@NullMarked
package io.modeldiff.analysis.lmdiff;

import org.jspecify.annotations.NullMarked;
