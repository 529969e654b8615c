package io.modeldiff.web.corpus;

import io.modeldiff.analysis.lmdiff.comparison.CorpusMeans;
import io.modeldiff.analysis.lmdiff.comparison.Histogram;
import io.modeldiff.analysis.lmdiff.comparison.Slices;
import io.modeldiff.analysis.lmdiff.comparison.Slices.Slice;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Two models over a corpus: the document of {@code corpus compare}.
 *
 * @param m1 model 1
 * @param m2 model 2
 * @param phrases that were compared
 * @param skipped phrases that were not, with the reason
 * @param measures the mean of every measure; empty when not asked for
 * @param measure what the phrases are ranked by
 * @param histogram of the measure over the whole corpus
 * @param slices the measure's mean for each value of a metadata field
 * @param auc how well the measure tells two slices apart, 0.5 to 1; null without two slices
 * @param top the ranked phrases
 */
public record ComparedCorpus(
    String m1,
    String m2,
    String corpus,
    int phrases,
    Map<Integer, String> skipped,
    List<Mean> measures,
    String measure,
    Histogram histogram,
    List<Slice> slices,
    @Nullable Double auc,
    List<Snippet> top) {

  /** The mean of one measure over a corpus. */
  public record Mean(String id, String title, CorpusMeans means) {}

  /**
   * What is worked out beyond the ranked phrases.
   *
   * @param means whether the mean of every measure is, with its bootstrap interval
   * @param by metadata field, each value of which gets its mean; null: none
   * @param seed of the bootstrap
   */
  public record Summary(boolean means, @Nullable String by, long seed) {
    /** The ranked phrases only. */
    public static final Summary NONE = new Summary(false, null, 1);
  }

  /** The document of a compared pair. */
  public static ComparedCorpus of(ComparedPair pair, PhraseQuery query, Summary summary) {
    String by = summary.by();
    return new ComparedCorpus(
        pair.first(),
        pair.second(),
        pair.corpus().info().name(),
        pair.table().rows(),
        pair.table().skipped(),
        summary.means() ? means(pair, summary.seed()) : List.of(),
        query.measure(),
        Histogram.of(pair.table().column(query.by()), query.bins()),
        by == null
            ? List.of()
            : Slices.by(pair.table(), pair.corpus(), by, query.by(), summary.seed()),
        by == null ? null : auc(pair, by, query),
        query.rank(pair));
  }

  private static List<Mean> means(ComparedPair pair, long seed) {
    return pair.table().measures().stream()
        .map(m -> new Mean(m.id(), m.title(), CorpusMeans.of(pair.table().column(m), seed)))
        .toList();
  }

  private static @Nullable Double auc(ComparedPair pair, String by, PhraseQuery query) {
    OptionalDouble auc = Slices.auc(pair.table(), pair.corpus(), by, query.by());
    return auc.isPresent() ? auc.getAsDouble() : null;
  }
}
