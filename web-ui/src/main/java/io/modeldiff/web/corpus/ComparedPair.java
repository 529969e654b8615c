package io.modeldiff.web.corpus;

import io.modeldiff.analysis.lmdiff.comparison.ComparisonTable;
import io.modeldiff.analysis.lmdiff.corpus.Corpus;

/**
 * Two models' scores of one corpus, side by side.
 *
 * @param first what model 1 is called
 * @param second what model 2 is called
 * @param corpus the texts, which must still be readable
 * @param table every measure of every phrase
 */
public record ComparedPair(String first, String second, Corpus corpus, ComparisonTable table) {}
