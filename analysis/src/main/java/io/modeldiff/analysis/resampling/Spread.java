package io.modeldiff.analysis.resampling;

import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * A standard error and the degrees of freedom behind it.
 *
 * @param se standard error, in the unit of the estimate
 * @param degreesOfFreedom of the Student distribution that intervals use
 */
public record Spread(double se, double degreesOfFreedom) {
  /** Half the width of the two-sided 95% interval: t_{0.975} · se. */
  public double half95() {
    return new TDistribution(degreesOfFreedom).inverseCumulativeProbability(0.975) * se;
  }

  /**
   * The standard error widened for its few degrees of freedom: {@code limit} of it holds as much
   * probability as {@code limit} standard deviations of a normal distribution.
   */
  public double widened(double limit) {
    double tail = new NormalDistribution().cumulativeProbability(limit);
    return se * new TDistribution(degreesOfFreedom).inverseCumulativeProbability(tail) / limit;
  }
}
