package io.modeldiff.core.lm;

/**
 * Per-token scores of one text over the full vocabulary (LMdiff, section 3).
 *
 * @param ids the text's token ids
 * @param from index of the first scored token: 0, or 1 when the model has no token to start with
 * @param logProb natural-log probability of each scored token
 * @param rank number of tokens with a strictly larger logit, 0 = most likely
 * @param topIds [scored][k] the k most likely ids, best first; empty rows when k = 0
 * @param topProbs [scored][k] their probabilities
 */
public record TokenScores(
    int[] ids, int from, double[] logProb, int[] rank, int[][] topIds, float[][] topProbs) {
  /** Mean of −log p over the scored tokens, nats per token; NaN when nothing was scored. */
  public double nll() {
    if (logProb.length == 0) {
      return Double.NaN;
    }
    double sum = 0;
    for (double l : logProb) {
      sum -= l;
    }
    return sum / logProb.length;
  }
}
