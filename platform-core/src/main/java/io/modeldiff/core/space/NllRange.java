package io.modeldiff.core.space;

import io.modeldiff.core.error.UserException;

/**
 * The closed range Z = [low, high] of mean NLL per scored token (nats) inside which an input counts
 * as meaningful (Model-diff, section 2). Membership is decided on z rounded to float32, the
 * precision in which models answer.
 */
public record NllRange(double low, double high) {
  public NllRange {
    if (!Double.isFinite(low) || !Double.isFinite(high) || low >= high) {
      throw UserException.badInput(
          "Z must be LO:HI with LO < HI, both finite, in nats per token, but was "
              + low
              + ":"
              + high
              + "; for example --z 1.74:2.00.");
    }
  }

  /** Parses {@code LO:HI}. */
  public static NllRange parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length == 2) {
      try {
        return new NllRange(
            Double.parseDouble(parts[0].strip()), Double.parseDouble(parts[1].strip()));
      } catch (NumberFormatException e) {
        throw notARange(text, e);
      }
    }
    throw notARange(text, null);
  }

  private static UserException notARange(
      String text, @org.jspecify.annotations.Nullable Throwable cause) {
    String sentence =
        "Z must be two numbers LO:HI in nats per token, for example 1.74:2.00, but was '"
            + text
            + "'.";
    return cause == null
        ? UserException.badInput(sentence)
        : UserException.badInput(sentence, cause);
  }

  /** Whether a mean NLL (nats per token) lies in Z. */
  public boolean contains(double z) {
    float f = (float) z;
    return f >= (float) low && f <= (float) high;
  }

  @Override
  public String toString() {
    return low + ":" + high;
  }
}
