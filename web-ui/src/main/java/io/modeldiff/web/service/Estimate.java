package io.modeldiff.web.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An estimated count of inputs, known by its logarithm because counts reach 10^500.
 *
 * @param log10 base-10 logarithm of the count; null when the count is zero or nothing was observed
 * @param relSe relative standard error of the count; null when it cannot be estimated
 * @param upperLog10 95% upper bound where nothing was observed, else null
 */
public record Estimate(
    @Nullable Double log10,
    @Nullable Double relSe,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double upperLog10) {

  /** An observed count. */
  public static Estimate of(double log10, double relSe) {
    return new Estimate(log10, relSe, null);
  }
}
