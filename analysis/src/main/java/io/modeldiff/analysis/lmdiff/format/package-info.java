/**
 * The original tool's files, byte for byte where it matters: dataset text files, HDF5 analysis
 * caches, comparison CSVs, configuration directories and the vocabulary hash.
 */
@NullMarked
package io.modeldiff.analysis.lmdiff.format;

import org.jspecify.annotations.NullMarked;
