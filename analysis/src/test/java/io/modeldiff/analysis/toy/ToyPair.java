package io.modeldiff.analysis.toy;

import io.modeldiff.core.space.NllRange;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Two autoregressive models with random conditional tables over V^N sequences, all enumerated. A
 * sequence is its number in base V, first token most significant.
 */
public final class ToyPair {
  public final int vocabulary;
  public final int length;
  public final int size;
  public final float[] zA;
  public final float[] zB;
  private final double[][] tablesA;
  private final double[][] tablesB;

  /**
   * @param scale spread of the logits: larger means more peaked models
   * @param noise how far B's logits are from A's
   */
  public ToyPair(long seed, int vocabulary, int length, double scale, double noise) {
    this.vocabulary = vocabulary;
    this.length = length;
    this.size = (int) Math.round(Math.pow(vocabulary, length));
    SplittableRandom random = new SplittableRandom(seed);
    this.tablesA = new double[length][];
    this.tablesB = new double[length][];
    int prefixes = 1;
    for (int i = 0; i < length; i++) {
      double[] a = new double[prefixes * vocabulary];
      double[] b = new double[prefixes * vocabulary];
      for (int j = 0; j < a.length; j++) {
        a[j] = scale * gaussian(random);
        b[j] = a[j] + noise * gaussian(random);
      }
      tablesA[i] = normalised(a);
      tablesB[i] = normalised(b);
      prefixes *= vocabulary;
    }
    this.zA = scores(tablesA);
    this.zB = scores(tablesB);
  }

  private static double gaussian(SplittableRandom random) {
    return Math.sqrt(-2 * Math.log(1 - random.nextDouble()))
        * Math.cos(2 * Math.PI * random.nextDouble());
  }

  private double[] normalised(double[] logits) {
    for (int p = 0; p < logits.length; p += vocabulary) {
      double sum = 0;
      for (int v = 0; v < vocabulary; v++) {
        sum += Math.exp(logits[p + v]);
      }
      for (int v = 0; v < vocabulary; v++) {
        logits[p + v] -= Math.log(sum);
      }
    }
    return logits;
  }

  private float[] scores(double[][] tables) {
    double[] sum = {0};
    for (int i = 0; i < length; i++) {
      double[] next = new double[sum.length * vocabulary];
      for (int j = 0; j < next.length; j++) {
        next[j] = sum[j / vocabulary] - tables[i][j];
      }
      sum = next;
    }
    float[] z = new float[size];
    for (int x = 0; x < size; x++) {
      z[x] = (float) (sum[x] / length);
    }
    return z;
  }

  /** log p(token | prefix) under A or B, where the prefix is its number and i its length. */
  public double logConditional(boolean a, int i, int prefix, int token) {
    return (a ? tablesA : tablesB)[i][prefix * vocabulary + token];
  }

  public float[] z(boolean a) {
    return a ? zA : zB;
  }

  /** The z below which a share of all sequences lies, under A. */
  public double quantileA(double share) {
    float[] sorted = zA.clone();
    Arrays.sort(sorted);
    return sorted[(int) (share * (size - 1))];
  }

  /** Exact log Z(β) of A or B from the stored z. */
  public double logPartition(boolean a, double beta) {
    double max = Double.NEGATIVE_INFINITY;
    for (float z : z(a)) {
      max = Math.max(max, -beta * length * z);
    }
    double sum = 0;
    for (float z : z(a)) {
      sum += Math.exp(-beta * length * z - max);
    }
    return max + Math.log(sum);
  }

  /** Exact counts for a range and λ: |X_A|, |X_B|, |R3|, PD_AB, PA_AB, PA_BA, PD_BA. */
  public long[] truth(NllRange range, double lambda) {
    long[] t = new long[7];
    for (int x = 0; x < size; x++) {
      boolean a = range.contains(zA[x]);
      boolean b = range.contains(zB[x]);
      double d = (double) zA[x] - zB[x];
      t[0] += a ? 1 : 0;
      t[1] += b ? 1 : 0;
      t[2] += a && b ? 1 : 0;
      t[3] += a && d < -lambda ? 1 : 0;
      t[4] += a && d > lambda ? 1 : 0;
      t[5] += b && d < -lambda ? 1 : 0;
      t[6] += b && d > lambda ? 1 : 0;
    }
    return t;
  }
}
