package io.modeldiff.core.lm;

/**
 * Per-position conditionals of a batch of sequences, from position {@code from} on.
 *
 * @param from first position covered, 0-based within the sequence (the prefix does not count)
 * @param tokens [lanes][N], the whole sequences (positions beyond those filled are undefined)
 * @param logP [lanes][positions covered], log p(x_i | prefix, x_&lt;i) in nats, renormalised over
 *     the allowed tokens; 0 at an unscored position
 * @param logNormalizer [lanes][positions covered][betas], log c_β(x_&lt;i) = log Σ_v p(v|·)^β in
 *     nats, one per β asked for (statistics: kernel "suffix"); log V at an unscored position
 */
public record Conditionals(int from, int[][] tokens, double[][] logP, double[][][] logNormalizer) {
  /** −Σ of log p over the covered positions of one lane, in nats. */
  public double energyFrom(int lane) {
    double sum = 0;
    for (double l : logP[lane]) {
      sum -= l;
    }
    return sum;
  }
}
