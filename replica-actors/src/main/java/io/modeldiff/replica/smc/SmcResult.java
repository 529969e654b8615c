package io.modeldiff.replica.smc;

import io.modeldiff.core.space.NllRange;

/**
 * A finished replicate: weighted sequences of π_β and an unbiased estimate of its normaliser.
 *
 * @param beta inverse temperature of the target
 * @param replicate number of the replicate
 * @param tokens [M][N]
 * @param energies [M], E in nats, from each particle's own generation pass
 * @param logWeights [M], log of the normalised weights W (Σ W = 1)
 * @param logZ log Ẑ_β, where Ẑ_β = estimate of Σ_x exp(−β·E(x)) is unbiased
 * @param resamplings how often the population was resampled
 * @param positions token positions evaluated
 */
public record SmcResult(
    double beta,
    int replicate,
    int[][] tokens,
    double[] energies,
    double[] logWeights,
    double logZ,
    int resamplings,
    long positions) {

  /** log of the number of inputs that a particle stands for: log Ẑ_β + log W + β·E. */
  public double logCount(int particle) {
    return logZ + logWeights[particle] + beta * energies[particle];
  }

  /** log of the estimated number of inputs with z ∈ Z; −∞ if no particle lies there. */
  public double logCount(NllRange range, int scored) {
    LogSum sum = new LogSum();
    for (int p = 0; p < energies.length; p++) {
      if (range.contains(energies[p] / scored)) {
        sum.add(logCount(p));
      }
    }
    return sum.log();
  }

  /** log Ẑ at another inverse temperature, by reweighting; sensible near {@link #beta} only. */
  public double logZAt(double other) {
    LogSum sum = new LogSum();
    for (int p = 0; p < energies.length; p++) {
      sum.add(logZ + logWeights[p] + (beta - other) * energies[p]);
    }
    return sum.log();
  }

  /** Effective number of particles 1/Σ W². */
  public double effective() {
    LogSum sum = new LogSum();
    for (double w : logWeights) {
      sum.add(2 * w);
    }
    return Math.exp(-sum.log());
  }
}
