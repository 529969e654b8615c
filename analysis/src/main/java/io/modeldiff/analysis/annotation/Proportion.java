package io.modeldiff.analysis.annotation;

import org.hipparchus.distribution.continuous.BetaDistribution;
import org.jspecify.annotations.Nullable;

/**
 * An estimated share in 0..1.
 *
 * @param value null where nothing was annotated
 * @param low lower end of the 95% interval
 * @param high upper end
 * @param annotationVariance part of the variance that more annotations would reduce
 * @param samplingVariance part that only more sampling would reduce
 * @param items annotated items behind it
 * @param unannotatedShare share of the inputs in strata without any annotation; the interval is
 *     widened as if all of them could be bad, or good
 */
public record Proportion(
    @Nullable Double value,
    @Nullable Double low,
    @Nullable Double high,
    double annotationVariance,
    double samplingVariance,
    int items,
    double unannotatedShare) {

  static Proportion unknown() {
    return new Proportion(null, null, null, 0, 0, 0, 1);
  }

  /**
   * Jeffreys' interval of a Beta distribution with as many effective trials as the variance is
   * worth, n = p(1 − p)/v (Korn and Graubard 1998 do so for survey data); unlike p ± 2 se it stays
   * honest near 0 and 1, where all annotated items are good.
   *
   * @param value the estimate
   * @param smoothed the estimate pulled off 0 and 1, for the effective number of trials
   */
  static Proportion of(
      double value,
      double smoothed,
      double annotationVariance,
      double samplingVariance,
      int items,
      double unannotatedShare) {
    double trials =
        Math.max(1, smoothed * (1 - smoothed) / (annotationVariance + samplingVariance));
    BetaDistribution beta = new BetaDistribution(value * trials + 0.5, (1 - value) * trials + 0.5);
    // At the very ends a one-sided claim is all that can be made.
    double low = value == 0 ? 0 : beta.inverseCumulativeProbability(0.025);
    double high = value == 1 ? 1 : beta.inverseCumulativeProbability(0.975);
    return new Proportion(
        value,
        low * (1 - unannotatedShare),
        high * (1 - unannotatedShare) + unannotatedShare,
        annotationVariance,
        samplingVariance,
        items,
        unannotatedShare);
  }
}
