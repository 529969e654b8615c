package io.modeldiff.analysis.reweighting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Counting weights of a replica-exchange campaign: MBAR over all rungs, solved again per left-out
 * group.
 */
public final class TemperingWeights {
  private TemperingWeights() {}

  /**
   * Solves for the rungs' normalisers, pinned at β = 1.
   *
   * @param logPartitionAtOne log Z(1): 0 behind a prefix, log V without
   * @throws io.modeldiff.core.error.UserException if the equations cannot be solved
   */
  public static CampaignWeights solve(EnergyCounts counts, double logPartitionAtOne) {
    int one = counts.rungs().at(1.0);
    if (one < 0) {
      throw new IllegalArgumentException("the ladder has no rung at beta = 1 without a floor");
    }
    return counts.sampleCounts(-1)[one] > 0
        ? solve(counts, List.of(new Pin(one, logPartitionAtOne)))
        : solve(counts, one, logPartitionAtOne);
  }

  /** Solves with any known normalisers. */
  public static CampaignWeights solve(EnergyCounts counts, List<Pin> pins) {
    return solve(counts, pins, f -> f);
  }

  /**
   * Solves where no rung runs at the known normaliser's β (the paper's ladders step over β = 1): up
   * to a constant first, and that from the weighted sum over all samples at the known one.
   */
  private static CampaignWeights solve(EnergyCounts counts, int known, double logPartition) {
    double[] n = counts.sampleCounts(-1);
    int most = 0;
    for (int k = 1; k < n.length; k++) {
      most = n[k] > n[most] ? k : most;
    }
    return solve(
        counts,
        List.of(new Pin(most, 0)),
        f -> {
          double shift = -logPartition - f[known];
          return Arrays.stream(f).map(v -> v + shift).toArray();
        });
  }

  private static CampaignWeights solve(
      EnergyCounts counts, List<Pin> pins, UnaryOperator<double[]> placed) {
    MbarProblem problem = counts.problem(pins);
    int groups = counts.groups().groups();
    List<MixtureDensity> mixtures = new ArrayList<>();
    double[][] logPartitions = new double[1 + groups][];
    double[] start = counts.start();
    for (int replicate = 0; replicate <= groups; replicate++) {
      if (replicate > 0 && groups == 1) {
        // Nothing is left without the only lane; no error can be given.
        mixtures.add(mixtures.get(0));
        logPartitions[1] = logPartitions[0];
        break;
      }
      double[] n = counts.sampleCounts(replicate - 1);
      MbarProblem part =
          replicate == 0 ? problem : problem.with(counts.multiplicity(replicate - 1), n);
      double[] solved = MbarSolver.solve(part, start).require().f();
      if (replicate == 0) {
        start = solved;
      }
      double[] f = placed.apply(solved);
      mixtures.add(MixtureDensity.of(counts.rungs(), n, f));
      logPartitions[replicate] = negated(f);
    }
    return new CampaignWeights(
        counts.rungs(),
        counts.groups(),
        List.copyOf(mixtures),
        logPartitions,
        new double[1 + groups][counts.rungs().count()]);
  }

  private static double[] negated(double[] f) {
    double[] z = new double[f.length];
    for (int k = 0; k < f.length; k++) {
      z[k] = -f[k];
    }
    return z;
  }
}
