package io.modeldiff.analysis.reweighting;

import java.util.ArrayList;
import java.util.List;

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
    return solve(counts, List.of(new Pin(one, logPartitionAtOne)));
  }

  /** Solves with any known normalisers. */
  public static CampaignWeights solve(EnergyCounts counts, List<Pin> pins) {
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
      double[] f = MbarSolver.solve(part, start).require().f();
      if (replicate == 0) {
        start = f;
      }
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
