package io.modeldiff.analysis.lmdiff.compat;

import io.modeldiff.analysis.lmdiff.cache.AnalysisCache;
import io.modeldiff.analysis.lmdiff.format.ComparisonCsv;
import java.util.List;

/** Analysed corpora by name. */
public interface ComparisonSource {
  /** Corpora that both models have analysed. */
  List<String> datasets(String m1, String m2);

  /** A model's cache of a corpus; the caller closes it. An unknown one is refused. */
  AnalysisCache cache(String dataset, String model);

  /** The original's measures of every phrase of an ordered pair. */
  List<ComparisonCsv.Row> rows(String dataset, String m1, String m2);
}
