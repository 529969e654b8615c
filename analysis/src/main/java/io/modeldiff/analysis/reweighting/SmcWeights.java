package io.modeldiff.analysis.reweighting;

import io.modeldiff.analysis.resampling.LaneGroups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counting weights of position-SMC populations (Del Moral et al. 2006): R independent replicates at
 * each of a few β's, each with M particles and an unbiased Ẑ. Z_k is estimated by the mean of the
 * replicates' Ẑ, and populations at several β's are combined by the balance heuristic.
 */
public final class SmcWeights {
  private SmcWeights() {}

  /**
   * Weights for particles whose {@code logImportance} is log(M·W) + log Ẑ of their own replicate
   * and rung, W normalised within that population; see {@link #logImportance}.
   *
   * @param beta inverse temperature per rung
   * @param logPartition log Ẑ at {@code [rung][replicate]}
   * @param particles M per rung
   */
  public static CampaignWeights of(double[] beta, double[][] logPartition, int[] particles) {
    return of(Rungs.of(beta), logPartition, particles);
  }

  /** The same for populations with a floor. */
  public static CampaignWeights of(Rungs rungs, double[][] logPartition, int[] particles) {
    LaneGroups groups = new LaneGroups(logPartition[0].length);
    int replicates = 1 + groups.groups();
    List<MixtureDensity> mixtures = new ArrayList<>();
    double[][] logZ = new double[replicates][rungs.count()];
    double[][] factors = new double[replicates][rungs.count()];
    for (int r = 0; r < replicates; r++) {
      int without = groups.groups() == 1 ? -1 : r - 1;
      double[] n = new double[rungs.count()];
      for (int k = 0; k < n.length; k++) {
        double[] kept = kept(logPartition[k], groups, without);
        logZ[r][k] = LogMath.logSum(kept) - Math.log(kept.length);
        factors[r][k] = -logZ[r][k];
        n[k] = (double) particles[k] * kept.length;
      }
      mixtures.add(MixtureDensity.of(rungs, n, factors[r]));
    }
    return new CampaignWeights(rungs, groups, List.copyOf(mixtures), logZ, factors);
  }

  /** The log importance of a particle: log(M·W) + log Ẑ, W normalised within its population. */
  public static double logImportance(double logWeight, int particles, double logPartition) {
    return logWeight + Math.log(particles) + logPartition;
  }

  private static double[] kept(double[] values, LaneGroups groups, int without) {
    double[] kept = new double[values.length];
    int n = 0;
    for (int lane = 0; lane < values.length; lane++) {
      if (groups.of(lane) != without) {
        kept[n++] = values[lane];
      }
    }
    return Arrays.copyOf(kept, n);
  }
}
