package io.modeldiff.analysis.diagnostics;

import io.modeldiff.analysis.resampling.Spread;
import io.modeldiff.analysis.reweighting.CampaignWeights;
import io.modeldiff.analysis.reweighting.SmcPartition;
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
    return new Discrepancy(z.value() - logSpace, spread == null ? null : spread.widened(LIMIT));
  }

  /**
   * log Z of a rung by replica exchange minus log Z by position-SMC at the same β. Few replicates
   * know their own spread poorly: the standard error is widened so that {@link #LIMIT} of it holds
   * as much as that many standard deviations of a normal distribution.
   */
  public static Discrepancy between(
      CampaignWeights.LogPartition tempering, SmcPartition.Estimate smc) {
    return between(tempering.value(), tempering.spread(), smc);
  }

  /** log Z by one set of SMC replicates minus by another; widened in the same way. */
  public static Discrepancy between(SmcPartition.Estimate one, SmcPartition.Estimate other) {
    return between(one.value(), one.spread(), other);
  }

  private static Discrepancy between(double from, @Nullable Spread own, SmcPartition.Estimate smc) {
    double value = from - smc.value();
    if (own == null) {
      return new Discrepancy(value, null);
    }
    double a = own.se() * own.se();
    double b = smc.spread().se() * smc.spread().se();
    double sum = a + b;
    double freedom = a * a / own.degreesOfFreedom() + b * b / smc.spread().degreesOfFreedom();
    double df = freedom > 0 ? Math.max(1, sum * sum / freedom) : 1;
    return new Discrepancy(value, new Spread(Math.sqrt(sum), df).widened(LIMIT));
  }

  /** Difference of two independent estimates. */
  public static Discrepancy between(double x, double seX, double y, double seY) {
    return new Discrepancy(x - y, Math.hypot(seX, seY));
  }
}
