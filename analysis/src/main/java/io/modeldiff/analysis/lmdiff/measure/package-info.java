/** Measures of how two models differ on a text: per token, and as aggregates over its tokens. */
@NullMarked
package io.modeldiff.analysis.lmdiff.measure;

import org.jspecify.annotations.NullMarked;
