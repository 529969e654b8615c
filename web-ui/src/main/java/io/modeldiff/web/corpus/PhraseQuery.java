package io.modeldiff.web.corpus;

import io.modeldiff.analysis.lmdiff.comparison.Ranking;
import io.modeldiff.analysis.lmdiff.comparison.RowFilter;
import io.modeldiff.analysis.lmdiff.measure.Measure;
import io.modeldiff.core.error.UserException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which phrases of a compared corpus are shown, by which measure and in which order.
 *
 * @param measure the measure's id
 * @param k how many phrases
 * @param ascending smallest first
 * @param signed rank by the signed value instead of its magnitude
 * @param filters bounds {@code measure:min:max}, either end may be empty; all must hold
 * @param contains words that a phrase must contain, case ignored; null: any phrase
 * @param slice metadata field to the value that a phrase must have
 * @param bins of the histogram, which is over the whole corpus
 */
public record PhraseQuery(
    String measure,
    int k,
    boolean ascending,
    boolean signed,
    List<String> filters,
    @Nullable String contains,
    Map<String, String> slice,
    int bins) {
  /** What is ranked by unless asked otherwise. */
  public static final String DEFAULT_MEASURE = "avg_clamped_rank_diff";

  private static final int MAX_BINS = 100_000;

  public PhraseQuery {
    Measure.named(measure);
    filters.forEach(RowFilter.Bound::parse);
    if (k < 0) {
      throw UserException.badInput("The number of phrases must be 0 or more, but was " + k + ".");
    }
    if (bins < 1 || bins > MAX_BINS) {
      throw UserException.badInput(
          "The number of histogram bins should be from 1 to " + MAX_BINS + ", not " + bins + ".");
    }
  }

  /** What is ranked by. */
  public Measure by() {
    return Measure.named(measure);
  }

  /** The order's word in documents. */
  public String order() {
    return ascending ? "ascending" : "descending";
  }

  List<Snippet> rank(ComparedPair pair) {
    Ranking.Order order = ascending ? Ranking.Order.ASCENDING : Ranking.Order.DESCENDING;
    return Ranking.top(pair.table(), by(), order, !signed, k, filter(pair)).stream()
        .map(r -> Snippet.of(pair, by(), r))
        .toList();
  }

  private IntPredicate filter(ComparedPair pair) {
    return new RowFilter(
            filters.stream().map(RowFilter.Bound::parse).toList(),
            Optional.ofNullable(contains).filter(words -> !words.isBlank()),
            slice)
        .on(pair.table(), pair.corpus());
  }
}
