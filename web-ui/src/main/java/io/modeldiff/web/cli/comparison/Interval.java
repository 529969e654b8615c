package io.modeldiff.web.cli.comparison;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.result.inputs.InputQuery;

/**
 * A range LO:HI of which either end may be left out.
 *
 * @param low least value
 * @param high largest value
 */
record Interval(double low, double high) {
  static final Interval ALL = new Interval(-InputQuery.WIDEST, InputQuery.WIDEST);

  static Interval parse(String option, String text) {
    String[] ends = text.split(":", -1);
    try {
      if (ends.length == 2) {
        return new Interval(
            ends[0].isBlank() ? -InputQuery.WIDEST : Double.parseDouble(ends[0]),
            ends[1].isBlank() ? InputQuery.WIDEST : Double.parseDouble(ends[1]));
      }
    } catch (NumberFormatException e) {
      throw wrong(option, text, e);
    }
    throw wrong(option, text, null);
  }

  private static UserException wrong(
      String option, String text, @org.jspecify.annotations.Nullable Exception cause) {
    String sentence =
        option
            + " must be LO:HI in nats per token, either end may be empty, but was '"
            + text
            + "'; for example "
            + option
            + "=-0.5:-0.1.";
    return cause == null
        ? UserException.badInput(sentence)
        : UserException.badInput(sentence, cause);
  }
}
