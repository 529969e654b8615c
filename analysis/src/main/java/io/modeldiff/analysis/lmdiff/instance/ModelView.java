package io.modeldiff.analysis.lmdiff.instance;

import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import io.modeldiff.analysis.lmdiff.cache.Windows.Window;
import java.util.List;

/**
 * A text as one model sees it.
 *
 * @param model the model's name
 * @param ids all token ids of the text
 * @param tokens their vocabulary strings
 * @param starts first UTF-16 index of each token's text; empty when only ids were given
 * @param ends index after its last
 * @param scores scores of tokens {@code scores.unscored()} and on
 * @param topTokens [scored][k] vocabulary strings of the most likely tokens
 * @param windows the windows in which a long text was scored; one for a text that fits
 */
public record ModelView(
    String model,
    int[] ids,
    List<String> tokens,
    int[] starts,
    int[] ends,
    PhraseScores scores,
    List<List<String>> topTokens,
    List<Window> windows) {

  /** Mean surprisal, nats per scored token. */
  public double nll() {
    return scores.surprisal() / scores.length();
  }
}
