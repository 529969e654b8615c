package io.modeldiff.analysis.reweighting;

import io.modeldiff.analysis.resampling.Jackknife;
import io.modeldiff.analysis.resampling.LaneGroups;
import io.modeldiff.analysis.resampling.Spread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The counting weights of one campaign's samples, from all lanes and with every lane group left
 * out.
 *
 * <p>Replicate 0 uses all lanes, replicate 1 + g leaves group g out. A sample of rung k with energy
 * E and importance ω (1 for replica exchange) stands for
 *
 * <pre>  w = ω · e^{factor_k} / Σ_l N_l e^{f_l − β_l E} </pre>
 *
 * inputs. Replica exchange has no factor; position-SMC populations enter with ω = M·W·Ẑ of their
 * own replicate and factor f_k, so that replicates with a larger Ẑ count for more.
 *
 * @param rungs the ladder
 * @param groups lanes (or replicates) and their jackknife groups
 * @param mixtures log density of all samples per replicate
 * @param logPartitions log Z_k at {@code [replicate][rung]}
 * @param rungFactors log factor at {@code [replicate][rung]}
 */
public record CampaignWeights(
    Rungs rungs,
    LaneGroups groups,
    List<MixtureDensity> mixtures,
    double[][] logPartitions,
    double[][] rungFactors) {

  /** The density of all samples. */
  public MixtureDensity full() {
    return mixtures.get(0);
  }

  /** Log counting weight of a replica-exchange sample at an energy (nats). */
  public double logWeight(double energy) {
    return -full().logAt(energy);
  }

  /** log Z of a rung with its jackknife error. */
  public LogPartition logPartition(int rung) {
    double[] values = new double[logPartitions.length];
    for (int r = 0; r < values.length; r++) {
      values[r] = logPartitions[r][rung];
    }
    return new LogPartition(rungs.beta()[rung], values[0], new Jackknife(groups).spread(values));
  }

  /**
   * An estimated log normaliser.
   *
   * @param spread null with a single lane
   */
  public record LogPartition(double beta, double value, @Nullable Spread spread) {}
}
