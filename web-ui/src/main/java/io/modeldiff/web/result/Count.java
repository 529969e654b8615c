package io.modeldiff.web.result;

import io.modeldiff.analysis.comparison.CountEstimate;
import org.jspecify.annotations.Nullable;

/**
 * An estimated number of inputs, known by its logarithm because counts reach 10^500.
 *
 * @param log10 base-10 logarithm; null when the count is 0 or nothing was observed
 * @param relSe relative standard error; null when unknown
 * @param low10 log10 of the lower end of the 95% interval
 * @param high10 log10 of its upper end
 * @param upperLog10 log10 of the 95% upper bound of an unobserved count, else null
 * @param ess effective number of samples behind it
 * @param lanes lanes that contribute
 */
public record Count(
    @Nullable Double log10,
    @Nullable Double relSe,
    @Nullable Double low10,
    @Nullable Double high10,
    @Nullable Double upperLog10,
    double ess,
    int lanes) {

  /** An observed count of which only this is known. */
  public static Count of(double log10, @Nullable Double relSe) {
    return new Count(log10, relSe, null, null, null, 0, 0);
  }

  /** From the estimators. */
  public static Count of(CountEstimate e) {
    return new Count(
        e.log10(),
        e.relSe(),
        ten(e.logLow()),
        ten(e.logHigh()),
        e.upperLog10(),
        e.ess(),
        e.lanes());
  }

  private static @Nullable Double ten(@Nullable Double natural) {
    return natural == null ? null : natural / Math.log(10);
  }
}
