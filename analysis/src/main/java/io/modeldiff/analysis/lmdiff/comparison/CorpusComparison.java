package io.modeldiff.analysis.lmdiff.comparison;

import io.modeldiff.analysis.lmdiff.cache.AnalysisCache;
import io.modeldiff.analysis.lmdiff.cache.CacheHeader;
import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import io.modeldiff.analysis.lmdiff.measure.Aggregate;
import io.modeldiff.analysis.lmdiff.measure.Measure;
import io.modeldiff.analysis.lmdiff.measure.PythonNumbers;
import io.modeldiff.analysis.lmdiff.measure.Quantity;
import io.modeldiff.analysis.lmdiff.measure.TokenDifferences;
import io.modeldiff.core.error.UserException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * Compares two analysis caches of one corpus, phrase by phrase (LMdiff, section 2.2). Memory is one
 * number per phrase and measure; the caches are read once, in order.
 */
public final class CorpusComparison {
  private static final int MEASURES = Measure.FROM_CACHES.size();
  private static final int[][] INDEX = index();
  private static final int AVG_PROB = INDEX[Quantity.PROB.ordinal()][Aggregate.AVG.ordinal()];

  private final ColumnBuilder columns = new ColumnBuilder(Measure.FROM_CACHES);
  private final Map<Integer, String> skipped = new TreeMap<>();

  private CorpusComparison() {}

  /**
   * Compares. Caches with one vocabulary are compared token by token; otherwise only surprisal per
   * byte can be compared.
   *
   * @param clamp ranks beyond this are treated alike
   * @param progress told the number of phrases done, now and then
   * @throws UserException when the caches are of different corpora
   */
  public static ComparisonTable compare(
      AnalysisCache first, AnalysisCache second, int clamp, IntConsumer progress) {
    checkSameCorpus(first, second);
    boolean sameTokens = first.header().vocabHash().equals(second.header().vocabHash());
    CorpusComparison comparison = new CorpusComparison();
    for (int i = 0; i < first.size(); i++) {
      comparison.add(i, first.get(i), second.get(i), sameTokens, clamp);
      if (i % 1024 == 1023) {
        progress.accept(i + 1);
      }
    }
    progress.accept(first.size());
    return comparison.columns.table(comparison.skipped, sameTokens);
  }

  /** Refuses caches of different corpora, saying which. */
  public static void checkSameCorpus(AnalysisCache first, AnalysisCache second) {
    CacheHeader a = first.header();
    CacheHeader b = second.header();
    if (!a.datasetChecksum().equals(b.datasetChecksum()) || first.size() != second.size()) {
      throw UserException.badInput(
          "The cache of "
              + a.modelName()
              + " is of corpus "
              + a.datasetName()
              + " (checksum "
              + a.datasetChecksum()
              + ", "
              + first.size()
              + " phrases) and the cache of "
              + b.modelName()
              + " of corpus "
              + b.datasetName()
              + " (checksum "
              + b.datasetChecksum()
              + ", "
              + second.size()
              + " phrases); analyze one corpus with both models.");
    }
  }

  private void add(int i, PhraseScores a, PhraseScores b, boolean sameTokens, int clamp) {
    String fault =
        a.fault().or(b::fault).orElse(a.length() == 0 || b.length() == 0 ? "no scored tokens" : "");
    if (!fault.isEmpty()) {
      skipped.put(i, fault);
      return;
    }
    if (!sameTokens) {
      double[] values = new double[MEASURES];
      values[MEASURES - 1] = bitsPerByte(a, b);
      columns.add(i, Math.min(a.length(), b.length()), values);
      return;
    }
    TokenDifferences d;
    try {
      d = TokenDifferences.of(a, b, clamp);
    } catch (IllegalArgumentException e) {
      skipped.put(i, "the models split it into different tokens");
      return;
    }
    double[] values = values(d);
    values[MEASURES - 1] = bitsPerByte(a, b);
    columns.add(i, d.length(), values);
  }

  /** Every aggregate of every quantity of one phrase, in the order of the measures. */
  private static double[] values(TokenDifferences d) {
    double[] values = new double[MEASURES];
    for (Quantity quantity : Quantity.values()) {
      if (!quantity.needsDistributions()) {
        double[] aggregates = Aggregate.all(d.values(quantity));
        for (int a = 0; a < aggregates.length; a++) {
          values[INDEX[quantity.ordinal()][a]] = aggregates[a];
        }
      }
    }
    values[AVG_PROB] = PythonNumbers.mean(d.prob());
    return values;
  }

  private static int[][] index() {
    int[][] index = new int[Quantity.values().length][Aggregate.values().length];
    for (Quantity quantity : Quantity.values()) {
      for (Aggregate aggregate : Aggregate.values()) {
        index[quantity.ordinal()][aggregate.ordinal()] =
            Measure.FROM_CACHES.indexOf(Measure.of(aggregate, quantity));
      }
    }
    return index;
  }

  private static double bitsPerByte(PhraseScores a, PhraseScores b) {
    int bytes = Math.max(1, a.phrase().getBytes(StandardCharsets.UTF_8).length);
    return (b.surprisal() - a.surprisal()) / Math.log(2) / bytes;
  }
}
