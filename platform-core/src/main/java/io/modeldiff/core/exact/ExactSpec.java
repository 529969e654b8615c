package io.modeldiff.core.exact;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * What to count.
 *
 * @param space the input space, the same for both models
 * @param range Z, nats per token
 * @param lambda λ ≥ 0: models disagree where |D| exceeds it, nats per token
 * @param bin width of histogram bins, nats per token
 */
public record ExactSpec(InputSpace space, NllRange range, double lambda, double bin) {
  /** Spaces above this many sequences are refused unless forced. */
  public static final long LARGEST = 1_000_000_000L;

  // Beyond this, ranks of sequences no longer fit a long.
  private static final BigInteger COUNTABLE = BigInteger.ONE.shiftLeft(62);

  /** V^N. */
  public BigInteger sequences() {
    return BigInteger.valueOf(space.allowed().length).pow(space.length());
  }

  /** Refuses a space that is too large, naming its size. */
  public void requireSmall(boolean force) {
    BigInteger all = sequences();
    if (all.compareTo(COUNTABLE) > 0) {
      throw UserException.badInput(
          size() + " are too many to enumerate, even with --force; use compare, which samples.");
    }
    if (!force && all.compareTo(BigInteger.valueOf(LARGEST)) > 0) {
      throw UserException.badInput(
          size()
              + " are more than the 10^9 that are enumerated without being told to; choose a"
              + " smaller --length or fewer --allow tokens, use compare, or add --force.");
    }
  }

  private String size() {
    String exact = sequences().toString();
    String number =
        exact.length() <= 15
            ? exact
            : new BigDecimal(sequences()).round(new MathContext(3)).toEngineeringString();
    return "The "
        + space.allowed().length
        + "^"
        + space.length()
        + " = "
        + number
        + " sequences of this input space";
  }
}
