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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * Compares two analysis caches of one corpus, phrase by phrase (LMdiff, section 2.2). Memory is one
 * number per phrase and measure; the caches are read once, in order.
 */
public final class CorpusComparison {
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
    double bits = bitsPerByte(a, b);
    if (!sameTokens) {
      columns.add(i, Math.min(a.length(), b.length()), Map.of(Measure.BITS_PER_BYTE, bits));
      return;
    }
    TokenDifferences d;
    try {
      d = TokenDifferences.of(a, b, clamp);
    } catch (IllegalArgumentException e) {
      skipped.put(i, "the models split it into different tokens");
      return;
    }
    Map<Measure, Double> values = values(d);
    values.put(Measure.BITS_PER_BYTE, bits);
    columns.add(i, d.length(), values);
  }

  /** Every aggregate of every quantity of one phrase. */
  public static Map<Measure, Double> values(TokenDifferences d) {
    Map<Measure, Double> values = new LinkedHashMap<>();
    for (Quantity quantity : Quantity.values()) {
      if (!quantity.needsDistributions()) {
        aggregate(quantity, d.values(quantity), values);
      }
    }
    values.put(Measure.of(Aggregate.AVG, Quantity.PROB), (double) PythonNumbers.mean(d.prob()));
    return values;
  }

  /** Puts every aggregate of one quantity's per-token values. */
  public static void aggregate(Quantity quantity, double[] tokens, Map<Measure, Double> into) {
    double[] sorted = tokens.clone();
    Arrays.sort(sorted);
    for (Aggregate aggregate : Aggregate.values()) {
      into.put(Measure.of(aggregate, quantity), aggregate.of(sorted));
    }
  }

  private static double bitsPerByte(PhraseScores a, PhraseScores b) {
    int bytes = Math.max(1, a.phrase().getBytes(StandardCharsets.UTF_8).length);
    return (b.surprisal() - a.surprisal()) / Math.log(2) / bytes;
  }
}
