package io.modeldiff.web.result.corpus;

import io.modeldiff.analysis.comparison.ComparisonSpec;
import io.modeldiff.analysis.comparison.CorpusComparison;
import io.modeldiff.analysis.comparison.CorpusInputs;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.web.result.Bins;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.Count;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A corpus as the input space of a comparison (Model-diff, footnote 2), beside the sampled result.
 * Each distinct text counts once; z of a text is its mean NLL over its own tokens behind the
 * comparison's prefix. Counts are exact for this corpus.
 *
 * @param comparison id
 * @param corpus name
 * @param length N of the comparison, tokens
 * @param z Z, nats per token
 * @param lambda λ, nats per token
 * @param bin width of the histograms, nats per token
 * @param anyZ whether terms and histograms are over all texts instead of those in Z
 * @param firstTokens whether texts were cut to their first N tokens
 * @param read what became of the corpus' texts
 * @param inZ texts in Z of A, of B, of both
 * @param terms over the texts of A and of B: numbers of texts
 * @param shares PD_AB, PA_AB, PA_BA, PD_BA as parts of the texts of their model; null without texts
 * @param ties texts with D = 0, of A and of B
 * @param zA 5%, 50% and 95% quantiles of z over the distinct texts under A; empty without texts
 * @param zB the same under B
 * @param lengths shortest, median and longest text in tokens; empty without texts
 * @param histogramAB texts of A by D
 * @param histogramBA texts of B by D
 * @param inputs those with the largest |D|
 * @param sampled what the comparison's own sampled inputs show
 */
public record CorpusDocument(
    String comparison,
    String corpus,
    ComparisonDocument.Names models,
    int length,
    List<Double> z,
    double lambda,
    double bin,
    boolean anyZ,
    boolean firstTokens,
    Read read,
    InZ inZ,
    Terms terms,
    List<@Nullable Double> shares,
    List<Long> ties,
    List<Double> zA,
    List<Double> zB,
    List<Integer> lengths,
    TextCounts histogramAB,
    TextCounts histogramBA,
    List<Text> inputs,
    Sampled sampled) {

  /**
   * What became of the texts.
   *
   * @param texts all of them
   * @param distinct those that count
   * @param repeats repeat an earlier one
   * @param outside hold a token that the input space does not allow
   * @param tooShort have no scored token, or fewer than N where texts are cut
   * @param tooLong have more tokens than a model has room for
   */
  public record Read(
      int texts, int distinct, int repeats, int outside, int tooShort, int tooLong) {}

  /** Numbers of distinct texts. */
  public record InZ(long A, long B, long both) {}

  /** Numbers of texts. */
  public record Terms(long pdAB, long paAB, long paBA, long pdBA) {}

  /** Texts per bin. */
  public record TextCounts(List<Double> edges, List<Long> counts) {
    static TextCounts of(CorpusComparison.Counts c) {
      return new TextCounts(
          Arrays.stream(c.edges()).boxed().toList(), Arrays.stream(c.counts()).boxed().toList());
    }
  }

  /**
   * One text.
   *
   * @param index in the corpus, from 0
   * @param text as scored
   * @param tokens its number of tokens
   * @param d D = z_A − z_B, nats per token
   * @param inA whether z_A is in Z
   * @param inB whether z_B is in Z
   */
  public record Text(
      int index,
      String text,
      int tokens,
      double d,
      double zA,
      double zB,
      boolean inA,
      boolean inB) {}

  /** The sampled result, at the same λ. */
  public record Sampled(
      Count countA,
      Count countB,
      Count countAB,
      ComparisonDocument.Shares shares,
      Bins histogramAB,
      Bins histogramBA) {}

  /**
   * Assembles the document.
   *
   * @param zA of each text of {@code inputs} under A
   * @param zB under B
   * @param sampled the comparison's result at λ
   */
  public static CorpusDocument of(
      CorpusQuery query,
      CorpusInputs inputs,
      double[] zA,
      double[] zB,
      Tokenizer tokenizer,
      ComparisonSpec asked,
      ComparisonDocument sampled) {
    CorpusComparison c = CorpusComparison.of(zA, zB, asked, query.anyZ());
    List<Long> t = c.terms();
    return new CorpusDocument(
        sampled.comparison(),
        query.corpus(),
        sampled.models(),
        sampled.length(),
        sampled.z(),
        asked.lambda(),
        asked.binWidth(),
        query.anyZ(),
        query.firstTokens(),
        new Read(
            inputs.read(),
            c.texts(),
            inputs.repeats(),
            inputs.outside(),
            inputs.tooShort(),
            inputs.tooLong()),
        new InZ(c.countA(), c.countB(), c.countAB()),
        new Terms(t.get(0), t.get(1), t.get(2), t.get(3)),
        shares(c, query.anyZ()),
        List.of(c.tiesAB(), c.tiesBA()),
        quantiles(zA),
        quantiles(zB),
        lengths(inputs),
        TextCounts.of(c.histogramAB()),
        TextCounts.of(c.histogramBA()),
        listed(query, inputs, zA, zB, tokenizer, asked),
        new Sampled(
            sampled.countA(),
            sampled.countB(),
            sampled.countAB(),
            sampled.shares(),
            sampled.histogramAB(),
            sampled.histogramBA()));
  }

  private static List<@Nullable Double> shares(CorpusComparison c, boolean anyZ) {
    List<@Nullable Double> shares = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      long all = anyZ ? c.texts() : i < 2 ? c.countA() : c.countB();
      shares.add(all == 0 ? null : (Double) ((double) c.terms().get(i) / all));
    }
    return shares;
  }

  private static List<Double> quantiles(double[] z) {
    double[] sorted = Arrays.stream(z).sorted().toArray();
    return sorted.length == 0
        ? List.of()
        : List.of(at(sorted, 0.05), at(sorted, 0.5), at(sorted, 0.95));
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  private static List<Integer> lengths(CorpusInputs inputs) {
    int[] sorted = inputs.ids().stream().mapToInt(ids -> ids.length).sorted().toArray();
    return sorted.length == 0
        ? List.of()
        : List.of(sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
  }

  private static List<Text> listed(
      CorpusQuery query,
      CorpusInputs inputs,
      double[] zA,
      double[] zB,
      Tokenizer tokenizer,
      ComparisonSpec asked) {
    return IntStream.range(0, zA.length)
        .filter(i -> query.anyZ() || asked.range().contains(zA[i]) || asked.range().contains(zB[i]))
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(zA[i] - zB[i])))
        .limit(query.listed())
        .map(
            i ->
                new Text(
                    inputs.at().get(i),
                    tokenizer.decode(inputs.ids().get(i)),
                    inputs.ids().get(i).length,
                    zA[i] - zB[i],
                    zA[i],
                    zB[i],
                    asked.range().contains(zA[i]),
                    asked.range().contains(zB[i])))
        .toList();
  }
}
