package io.modeldiff.replica.smc;

/** Systematic resampling of weighted particles. */
public final class Resampling {
  private Resampling() {}

  /** (Σ w)²/Σ w² of log weights. */
  public static double effective(double[] logWeights) {
    LogSum first = new LogSum();
    LogSum second = new LogSum();
    for (double w : logWeights) {
      first.add(w);
      second.add(2 * w);
    }
    return Math.exp(2 * first.log() - second.log());
  }

  /** Ancestor of each new particle: one uniform places M evenly spaced points on the weights. */
  public static int[] ancestors(double[] logWeights, double uniform) {
    int count = logWeights.length;
    double log = LogSum.of(logWeights);
    int[] ancestors = new int[count];
    double cumulative = 0;
    int next = 0;
    for (int p = 0; p < count; p++) {
      cumulative += Math.exp(logWeights[p] - log) * count;
      while (next < count && uniform + next < cumulative) {
        ancestors[next++] = p;
      }
    }
    while (next < count) { // only by rounding of the cumulative sum
      ancestors[next++] = count - 1;
    }
    return ancestors;
  }
}
