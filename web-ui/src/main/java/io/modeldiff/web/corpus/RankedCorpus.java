package io.modeldiff.web.corpus;

import io.modeldiff.analysis.lmdiff.comparison.Histogram;
import java.util.List;

/** The document of {@code corpus top}; the histogram is over the whole corpus. */
public record RankedCorpus(
    String m1,
    String m2,
    String corpus,
    String measure,
    String order,
    List<Snippet> results,
    Histogram histogram) {

  /** The phrases of a comparison without its means. */
  public static RankedCorpus of(ComparedCorpus compared, PhraseQuery query) {
    return new RankedCorpus(
        compared.m1(),
        compared.m2(),
        compared.corpus(),
        compared.measure(),
        query.order(),
        compared.top(),
        compared.histogram());
  }
}
