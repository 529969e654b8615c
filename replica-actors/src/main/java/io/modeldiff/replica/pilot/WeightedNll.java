package io.modeldiff.replica.pilot;

import io.modeldiff.replica.smc.SmcResult;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The weighted distribution of z = E/n under π_β from SMC replicates, each weighted by its Ẑ.
 * Sorted by z.
 *
 * @param z ascending, nats per token
 * @param weight normalised to a sum of 1
 */
record WeightedNll(double[] z, double[] weight) {
  static WeightedNll of(List<SmcResult> replicates, int scored) {
    double top = replicates.stream().mapToDouble(SmcResult::logZ).max().orElseThrow();
    int size = replicates.stream().mapToInt(r -> r.energies().length).sum();
    double[][] pairs = new double[size][2];
    int at = 0;
    double sum = 0;
    for (SmcResult r : replicates) {
      for (int p = 0; p < r.energies().length; p++) {
        pairs[at][0] = r.energies()[p] / scored;
        pairs[at][1] = Math.exp(r.logWeights()[p] + r.logZ() - top);
        sum += pairs[at++][1];
      }
    }
    Arrays.sort(pairs, Comparator.comparingDouble(p -> p[0]));
    double[] z = new double[size];
    double[] weight = new double[size];
    for (int i = 0; i < size; i++) {
      z[i] = pairs[i][0];
      weight[i] = pairs[i][1] / sum;
    }
    return new WeightedNll(z, weight);
  }

  double mean() {
    double mean = 0;
    for (int i = 0; i < z.length; i++) {
      mean += weight[i] * z[i];
    }
    return mean;
  }

  double deviation() {
    double mean = mean();
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      sum += weight[i] * (z[i] - mean) * (z[i] - mean);
    }
    return Math.sqrt(sum);
  }

  /** E|z − z'| of two independent draws. */
  double meanDifference() {
    double cumulative = 0;
    double sum = 0;
    for (int i = 0; i < z.length; i++) {
      // Σ_{i<j} 2 w_i w_j (z_j − z_i) by parts.
      sum += 2 * weight[i] * z[i] * (2 * cumulative + weight[i] - 1);
      cumulative += weight[i];
    }
    return sum;
  }

  double quantile(double q) {
    double cumulative = 0;
    for (int i = 0; i < z.length; i++) {
      cumulative += weight[i];
      if (cumulative >= q) {
        return z[i];
      }
    }
    return z[z.length - 1];
  }

  /** Number of equally weighted draws that would carry as much: 1/Σ w². */
  double effective() {
    double sum = 0;
    for (double w : weight) {
      sum += w * w;
    }
    return 1 / sum;
  }

  /**
   * Whether z has two separate modes: the best split into two groups (least variance within) leaves
   * them further apart than any single-peaked shape would (Ashman's D, which is 2.7 for a normal
   * and 3.5 for a uniform distribution split so), and neither is a mere handful.
   */
  boolean bimodal() {
    double mean = mean();
    double share = 0;
    double part = 0;
    double square = 0;
    double total = 0;
    for (int i = 0; i < z.length; i++) {
      total += weight[i] * (z[i] - mean) * (z[i] - mean);
    }
    double best = 0;
    double separation = 0;
    for (int i = 0; i < z.length - 1; i++) {
      double d = z[i] - mean;
      share += weight[i];
      part += weight[i] * d;
      square += weight[i] * d * d;
      double rest = 1 - share;
      if (share < SMALLEST_MODE || rest < SMALLEST_MODE) {
        continue;
      }
      double low = part / share;
      double high = -part / rest;
      double between = share * rest * (high - low) * (high - low);
      if (between > best) {
        best = between;
        double within = square / share - low * low + (total - square) / rest - high * high;
        separation = Math.sqrt(2) * (high - low) / Math.sqrt(Math.max(within, 1e-300));
      }
    }
    return separation > SEPARATE_MODES;
  }

  private static final double SMALLEST_MODE = 0.05;
  private static final double SEPARATE_MODES = 4.5;
}
