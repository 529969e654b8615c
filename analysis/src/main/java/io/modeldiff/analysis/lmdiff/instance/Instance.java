package io.modeldiff.analysis.lmdiff.instance;

import io.modeldiff.analysis.lmdiff.measure.TokenDifferences;
import java.util.List;
import java.util.Optional;

/**
 * One text under two models.
 *
 * @param text the text
 * @param comparability whether the tokens can be compared, and why (not)
 * @param first model 1's view
 * @param second model 2's view
 * @param differences model 2 − model 1 at each token that both score; only with the same tokens
 * @param divergences distances of the predictive distributions at the same tokens; empty unless
 *     asked for and possible
 * @param segments the text cut where both tokenizers cut, with both surprisals
 */
public record Instance(
    String text,
    Comparability comparability,
    ModelView first,
    ModelView second,
    Optional<TokenDifferences> differences,
    List<Divergence> divergences,
    List<Segment> segments) {

  /** Prediction difference z₁ − z₂ of the mean surprisals, nats per token; same tokens only. */
  public double predictionDifference() {
    return first.nll() - second.nll();
  }
}
