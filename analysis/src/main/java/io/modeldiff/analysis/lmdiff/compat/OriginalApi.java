package io.modeldiff.analysis.lmdiff.compat;

import java.util.List;
import java.util.Map;

/**
 * The original tool's web API, so that its own client works against this server. Answers are JSON
 * trees of maps, lists, strings and numbers. Mistakes of the caller are {@link
 * io.modeldiff.core.error.UserException}s.
 */
public interface OriginalApi {
  /** GET all-models: {@code [{model, type, token}]}. */
  List<Map<String, Object>> allModels();

  /** GET available-datasets. */
  List<String> availableDatasets(String m1, String m2);

  /** POST analyze-text. */
  Map<String, Object> analyzeText(String m1, String m2, String text);

  /** GET new-suggestions. */
  Map<String, Object> newSuggestions(SuggestionRequest request);

  /** POST specific-attention. */
  Map<String, Object> specificAttention(
      String m1, String m2, String text, int tokenIndex, boolean outward);

  /**
   * Query of new-suggestions.
   *
   * @param metric one of the eight
   * @param ascending least first instead of greatest first
   * @param k how many
   * @param sortByAbs rank by magnitude
   * @param histogramBins bins of the histogram over the corpus
   */
  record SuggestionRequest(
      String m1,
      String m2,
      String dataset,
      String metric,
      boolean ascending,
      int k,
      boolean sortByAbs,
      int histogramBins) {}
}
