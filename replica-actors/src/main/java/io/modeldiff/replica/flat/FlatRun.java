package io.modeldiff.replica.flat;

import io.modeldiff.replica.smc.LogSum;
import io.modeldiff.replica.smc.SmcResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Samples of the frozen flat target π(x) ∝ exp(−β·E(x))/h(z(x)).
 *
 * @param beta inverse temperature that was flattened
 * @param histogram the frozen histogram
 * @param tokens [lane][round][N]
 * @param energies [lane][round], nats
 * @param logConstant log of what exp(β·E)·h has to be multiplied by to count inputs
 * @param logZAtOne log Z(1), known
 * @param evaluations evaluations in all
 * @param scored n
 */
public record FlatRun(
    double beta,
    FlatHistogram histogram,
    int[][][] tokens,
    double[][] energies,
    double logConstant,
    double logZAtOne,
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

  /**
   * The samples as weighted populations of π_β, one per group of lanes: W ∝ h(z), and Ẑ_β from the
   * known normaliser at β=1.
   *
   * @param groups how many; lanes go to groups in turn and must divide evenly
   */
  public List<SmcResult> populations(int groups) {
    int rounds = energies[0].length;
    int perGroup = energies.length / groups * rounds;
    List<SmcResult> all = new ArrayList<>();
    for (int g = 0; g < groups; g++) {
      int[][] sequences = new int[perGroup][];
      double[] energy = new double[perGroup];
      double[] logWeight = new double[perGroup];
      int at = 0;
      for (int lane = g; lane < energies.length && at < perGroup; lane += groups) {
        for (int t = 0; t < rounds; t++) {
          sequences[at] = tokens[lane][t];
          energy[at] = energies[lane][t];
          logWeight[at] = logRelative(0, histogram, energy[at], scored);
          at++;
        }
      }
      all.add(population(g, sequences, energy, logWeight));
    }
    return all;
  }

  /** All samples as one weighted population of π_β. */
  public SmcResult population(int replicate) {
    SmcResult all = populations(1).get(0);
    return new SmcResult(
        all.beta(),
        replicate,
        all.tokens(),
        all.energies(),
        all.logWeights(),
        all.logZ(),
        all.resamplings(),
        all.positions());
  }

  private SmcResult population(int group, int[][] sequences, double[] energy, double[] logWeight) {
    double log = LogSum.of(logWeight);
    LogSum toOne = new LogSum();
    for (int i = 0; i < energy.length; i++) {
      logWeight[i] -= log;
      toOne.add(logWeight[i] + (beta - 1) * energy[i]);
    }
    long positions = Math.round(evaluations * scored);
    return new SmcResult(
        beta, group, sequences, energy, logWeight, logZAtOne - toOne.log(), 0, positions);
  }
}
