package io.modeldiff.replica.ladder;

/**
 * The cumulative communication barrier Λ(β) along a ladder (Syed et al. 2021), piecewise linear and
 * increasing. Rungs at equal increments of it reject swaps equally often.
 *
 * @param beta ascending
 * @param cumulative Λ up to each β; starts at 0
 */
public record BarrierCurve(double[] beta, double[] cumulative) {
  // Keeps gaps in which nothing was rejected from collapsing.
  private static final double LEAST_REJECTION = 1e-3;

  /** From the mean rejection probability between neighbouring rungs. */
  public static BarrierCurve ofRejections(Ladder ladder, double[] rejection) {
    double[] sum = new double[ladder.size()];
    for (int k = 1; k < sum.length; k++) {
      sum[k] = sum[k - 1] + Math.max(rejection[k - 1], LEAST_REJECTION);
    }
    return new BarrierCurve(ladder.betas(), sum);
  }

  /** Λ over the whole stretch. */
  public double total() {
    return cumulative[cumulative.length - 1];
  }

  /** A ladder with both ends kept and equal barrier in every gap. */
  public Ladder ladder(int rungs) {
    double[] out = new double[rungs];
    for (int k = 0; k < rungs; k++) {
      out[k] = betaAt(total() * k / (rungs - 1));
    }
    out[0] = beta[0];
    out[rungs - 1] = beta[beta.length - 1];
    return Ladder.of(out);
  }

  private double betaAt(double barrier) {
    for (int k = 1; k < beta.length; k++) {
      if (cumulative[k] >= barrier) {
        double gap = cumulative[k] - cumulative[k - 1];
        double share = gap > 0 ? (barrier - cumulative[k - 1]) / gap : 1;
        return beta[k - 1] + share * (beta[k] - beta[k - 1]);
      }
    }
    return beta[beta.length - 1];
  }

  /** The part between two rungs of a ladder, from 0 again. */
  BarrierCurve part(int first, int last) {
    double[] b = new double[last - first + 1];
    double[] c = new double[b.length];
    for (int k = 0; k < b.length; k++) {
      b[k] = beta[first + k];
      c[k] = cumulative[first + k] - cumulative[first];
    }
    return new BarrierCurve(b, c);
  }
}
