package io.modeldiff.analysis.agreement;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A chance-corrected agreement: 1 perfect, 0 as by chance, negative for systematic disagreement.
 *
 * @param value null where it is undefined (no unit with two ratings, or all ratings equal)
 * @param low lower end of the 95% interval; null where undefined
 * @param high upper end
 * @param units units (items) that count
 */
public record AgreementFigure(
    @Nullable Double value, @Nullable Double low, @Nullable Double high, int units) {
  /** Why there is no value, in words; null where there is one. */
  @JsonProperty
  public @Nullable String undefined() {
    if (value != null) {
      return null;
    }
    return units == 0 ? "no item has two scores" : "all scores are equal";
  }
}
