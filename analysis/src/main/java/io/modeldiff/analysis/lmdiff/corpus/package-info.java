/**
 * Corpora: texts to compare models on, read from LMdiff's dataset files, plain text, JSON lines,
 * CSV and Parquet, with every bad line named.
 */
@NullMarked
package io.modeldiff.analysis.lmdiff.corpus;

import org.jspecify.annotations.NullMarked;
