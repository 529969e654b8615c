package io.modeldiff.analysis.lmdiff.cache;

import java.util.Optional;

/**
 * One phrase under one model, full-vocabulary scores of its scored tokens (LMdiff, section 5).
 *
 * @param phrase the text
 * @param unscored number of leading tokens without a score (1 when the model has no start token)
 * @param ids [scored] token ids
 * @param ranks [scored] number of tokens with a larger logit, 0 = most likely
 * @param probs [scored] probabilities, float32 as the files hold them
 * @param logProbs [scored] natural logarithms of the probabilities
 * @param k how many most likely tokens are kept per position
 * @param topIds [scored·k] the most likely ids, best first, row after row
 * @param topProbs [scored·k] their probabilities
 * @param fault why the phrase could not be scored, when it could not
 */
public record PhraseScores(
    String phrase,
    int unscored,
    int[] ids,
    int[] ranks,
    float[] probs,
    float[] logProbs,
    int k,
    int[] topIds,
    float[] topProbs,
    Optional<String> fault) {

  /** A phrase that could not be scored, with the reason. */
  public static PhraseScores faulty(String phrase, int k, String reason) {
    return new PhraseScores(
        phrase,
        0,
        new int[0],
        new int[0],
        new float[0],
        new float[0],
        k,
        new int[0],
        new float[0],
        Optional.of(reason));
  }

  /** Number of scored tokens. */
  public int length() {
    return ids.length;
  }

  /** −Σ ln p over the scored tokens, in nats. */
  public double surprisal() {
    double sum = 0;
    for (float l : logProbs) {
      sum -= l;
    }
    return sum;
  }

  /** The same phrase without its first {@code skip} scored tokens. */
  public PhraseScores dropFirst(int skip) {
    if (skip == 0) {
      return this;
    }
    int n = ids.length;
    return new PhraseScores(
        phrase,
        unscored + skip,
        java.util.Arrays.copyOfRange(ids, skip, n),
        java.util.Arrays.copyOfRange(ranks, skip, n),
        java.util.Arrays.copyOfRange(probs, skip, n),
        java.util.Arrays.copyOfRange(logProbs, skip, n),
        k,
        java.util.Arrays.copyOfRange(topIds, skip * k, n * k),
        java.util.Arrays.copyOfRange(topProbs, skip * k, n * k),
        fault);
  }
}
