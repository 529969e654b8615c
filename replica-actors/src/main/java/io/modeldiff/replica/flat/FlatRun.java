package io.modeldiff.replica.flat;

import io.modeldiff.replica.smc.LogSum;

/**
 * Samples of the frozen flat target π(x) ∝ exp(−β·E(x))/h(z(x)).
 *
 * @param beta inverse temperature that was flattened
 * @param histogram the frozen histogram
 * @param tokens [lane][round][N]
 * @param energies [lane][round], nats
 * @param logConstant log of what exp(β·E)·h has to be multiplied by to count inputs
 * @param evaluations evaluations in all
 */
public record FlatRun(
    double beta,
    FlatHistogram histogram,
    int[][][] tokens,
    double[][] energies,
    double logConstant,
    double evaluations,
    int scored) {

  /** log of the number of inputs that one sample of energy E stands for. */
  public double logCount(double energy) {
    return logConstant + logRelative(beta, histogram, energy, scored);
  }

  /** β·E + ln h, the log-weight up to a constant. */
  static double logRelative(double beta, FlatHistogram histogram, double energy, int scored) {
    return beta * energy - histogram.bias().at(energy / scored);
  }

  /**
   * The constant from the one normaliser that is known: Σ_x exp(−E(x)) over all inputs. The open
   * bins make every sequence reachable, so the samples' weighted sum estimates it.
   */
  static double constant(
      double beta, FlatHistogram histogram, double[][] energies, int scored, double logZAtOne) {
    LogSum sum = new LogSum();
    for (double[] lane : energies) {
      for (double e : lane) {
        sum.add(logRelative(beta, histogram, e, scored) - e);
      }
    }
    return logZAtOne - sum.log();
  }
}
