package io.modeldiff.web.instance;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import io.modeldiff.analysis.lmdiff.cache.Windows.Window;
import io.modeldiff.analysis.lmdiff.instance.Comparability;
import io.modeldiff.analysis.lmdiff.instance.Divergence;
import io.modeldiff.analysis.lmdiff.instance.Instance;
import io.modeldiff.analysis.lmdiff.instance.ModelView;
import io.modeldiff.analysis.lmdiff.instance.Segment;
import io.modeldiff.analysis.lmdiff.instance.Segments;
import io.modeldiff.analysis.lmdiff.measure.TokenDifferences;
import io.modeldiff.web.compare.Placement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One text under two models, as {@code score --diff} and {@code POST /instances} give it.
 *
 * @param comparability whether the tokens can be compared, and why (not)
 * @param m1 model 1's view
 * @param m2 model 2's view
 * @param diff model 2 − model 1 at each token that both score; left out unless both split the text
 *     into the same tokens
 * @param divergences of the predictive distributions at the same tokens, nats; empty likewise
 * @param segments the text cut where both tokenizers cut, with both surprisals in bits
 * @param bitsPerByte of model 1 and model 2 over the segments that both score, bits per UTF-8 byte;
 *     NaN when there is none
 * @param placements where D = z₁ − z₂ lies in the comparisons of the two models; empty without
 *     {@code diff}
 */
public record InstanceDocument(
    String text,
    Comparability comparability,
    Side m1,
    Side m2,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable TokenDifferences diff,
    List<Divergence> divergences,
    List<Segment> segments,
    double[] bitsPerByte,
    List<Placement> placements) {

  /** The document of an analysis. */
  public static InstanceDocument of(Instance found, List<Placement> placements) {
    return new InstanceDocument(
        found.text(),
        found.comparability(),
        Side.of(found.first()),
        Side.of(found.second()),
        found.differences().orElse(null),
        found.divergences(),
        found.segments(),
        new double[] {
          Segments.bitsPerByte(found.segments(), true),
          Segments.bitsPerByte(found.segments(), false)
        },
        placements);
  }

  /**
   * The text as one model sees it.
   *
   * @param model what the model calls itself
   * @param tokenIds all token ids of the text
   * @param tokens their vocabulary strings
   * @param starts first UTF-16 index of each token's text
   * @param ends index after its last
   * @param unscored number of leading tokens without a score; what follows is of the others
   * @param logProb [scored] natural logarithms of the probabilities
   * @param prob [scored] probabilities
   * @param rank [scored] 0-based ranks
   * @param topTokens [scored][k] the most likely tokens, best first
   * @param topProbs [scored·k] their probabilities
   * @param nll mean surprisal, nats per scored token
   * @param windows in which a long text was scored; one for a text that fits the context
   */
  public record Side(
      String model,
      int[] tokenIds,
      List<String> tokens,
      int[] starts,
      int[] ends,
      int unscored,
      float[] logProb,
      float[] prob,
      int[] rank,
      List<List<String>> topTokens,
      float[] topProbs,
      double nll,
      List<Window> windows) {

    private static Side of(ModelView view) {
      PhraseScores scores = view.scores();
      return new Side(
          view.model(),
          view.ids(),
          view.tokens(),
          view.starts(),
          view.ends(),
          scores.unscored(),
          scores.logProbs(),
          scores.probs(),
          scores.ranks(),
          view.topTokens(),
          scores.topProbs(),
          view.nll(),
          view.windows());
    }
  }
}
