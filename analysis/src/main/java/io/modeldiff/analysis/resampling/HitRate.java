package io.modeldiff.analysis.resampling;

import org.hipparchus.distribution.continuous.BetaDistribution;

/**
 * How often something happened in independent trials, for example how many intervals held the
 * truth, and what the probability behind it may be: the exact 95% interval of Clopper and Pearson
 * (1934).
 *
 * @param hits trials in which it happened
 * @param trials all of them
 */
public record HitRate(int hits, int trials) {
  private static final double TAIL = 0.025;

  public HitRate {
    if (trials < 1 || hits < 0 || hits > trials) {
      throw new IllegalArgumentException(hits + " hits of " + trials + " trials are not possible");
    }
  }

  /** Hits over trials. */
  public double share() {
    return (double) hits / trials;
  }

  /** Lower end of the interval of the probability. */
  public double low() {
    return hits == 0
        ? 0
        : new BetaDistribution(hits, trials - hits + 1.0).inverseCumulativeProbability(TAIL);
  }

  /** Upper end of the interval of the probability. */
  public double high() {
    return hits == trials
        ? 1
        : new BetaDistribution(hits + 1.0, trials - hits).inverseCumulativeProbability(1 - TAIL);
  }
}
