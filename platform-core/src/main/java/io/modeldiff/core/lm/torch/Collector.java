package io.modeldiff.core.lm.torch;

import io.modeldiff.core.lm.Conditionals;
import java.util.Arrays;

/** Gathers conditionals of positions [from, to); unscored positions have log p 0 and log V. */
final class Collector {
  private final int from;
  private final double[][] logP;
  private final double[][][] logNormalizer;

  Collector(int lanes, int to, int from, int firstScored, int betas, int size) {
    this.from = from;
    this.logP = new double[lanes][to - from];
    this.logNormalizer = new double[lanes][to - from][betas];
    for (int i = from; i < Math.min(firstScored, to); i++) {
      for (int l = 0; l < lanes; l++) {
        Arrays.fill(logNormalizer[l][i - from], Math.log(size));
      }
    }
  }

  /** Records a position; rows beyond the lanes are padding and ignored. */
  void put(int lane, int position, double logProbability, double[] normalizers) {
    if (lane < logP.length) {
      logP[lane][position - from] = logProbability;
      logNormalizer[lane][position - from] = normalizers;
    }
  }

  Conditionals finish(int[][] sequences) {
    int[][] copies = new int[sequences.length][];
    Arrays.setAll(copies, i -> sequences[i].clone());
    return new Conditionals(from, copies, logP, logNormalizer);
  }
}
