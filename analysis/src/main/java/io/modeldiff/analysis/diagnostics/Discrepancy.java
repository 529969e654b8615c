package io.modeldiff.analysis.diagnostics;

import io.modeldiff.analysis.resampling.Jackknife;
import io.modeldiff.analysis.resampling.LaneGroups;
import io.modeldiff.analysis.resampling.Spread;
import io.modeldiff.analysis.reweighting.CampaignWeights;
import io.modeldiff.analysis.reweighting.LogMath;
import org.jspecify.annotations.Nullable;

/**
 * The difference of two figures that must agree, and its standard error (nats).
 *
 * @param value the difference
 * @param se its standard error; null where it cannot be told
 */
public record Discrepancy(double value, @Nullable Double se) {
  /** Differences up to this many standard errors count as agreement. */
  public static final double LIMIT = 3;

  /** Distance in standard errors; null without a standard error. */
  public @Nullable Double sigmas() {
    return se == null || se == 0 ? null : Math.abs(value) / se;
  }

  /**
   * Whether the figures agree within {@link #LIMIT} standard errors; false if that cannot be told.
   */
  public boolean agrees() {
    Double distance = sigmas();
    return distance == null ? value == 0 && se != null : distance <= LIMIT;
  }

  /**
   * Closure of a ladder that holds β = 0, with log Z(1) pinned: log Z(0) − N log V must be 0.
   *
   * @param logSpace N log V, the log number of inputs
   * @return null if the ladder has no such rung
   */
  public static @Nullable Discrepancy closure(CampaignWeights weights, double logSpace) {
    int zero = weights.rungs().at(0.0);
    if (zero < 0) {
      return null;
    }
    CampaignWeights.LogPartition z = weights.logPartition(zero);
    Spread spread = z.spread();
    return new Discrepancy(z.value() - logSpace, spread == null ? null : spread.se());
  }

  /**
   * log Z of a rung by replica exchange minus log Z by position-SMC at the same β.
   *
   * @param smcLogPartitions log Ẑ of each SMC replicate
   */
  public static Discrepancy temperingMinusSmc(
      CampaignWeights weights, int rung, double[] smcLogPartitions) {
    CampaignWeights.LogPartition pt = weights.logPartition(rung);
    LogMean smc = LogMean.of(smcLogPartitions);
    Spread own = pt.spread();
    Double smcSe = smc.se();
    Double se = own == null || smcSe == null ? null : Math.hypot(own.se(), smcSe);
    return new Discrepancy(pt.value() - smc.value(), se);
  }

  /** Difference of two independent estimates. */
  public static Discrepancy between(double x, double seX, double y, double seY) {
    return new Discrepancy(x - y, Math.hypot(seX, seY));
  }

  /** log of the mean of unbiased estimates of Z over replicates, with jackknife error. */
  private record LogMean(double value, @Nullable Double se) {
    static LogMean of(double[] logs) {
      LaneGroups groups = new LaneGroups(logs.length);
      double[] values = new double[1 + groups.groups()];
      for (int r = 0; r < values.length; r++) {
        double log = Double.NEGATIVE_INFINITY;
        int n = 0;
        for (int i = 0; i < logs.length; i++) {
          if (groups.of(i) != r - 1) {
            log = LogMath.logAdd(log, logs[i]);
            n++;
          }
        }
        values[r] = log - Math.log(n);
      }
      Spread spread = new Jackknife(groups).relative(values);
      return new LogMean(values[0], spread == null ? null : spread.se());
    }
  }
}
