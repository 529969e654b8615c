package io.modeldiff.web.result.condition;

import java.util.Locale;

/**
 * A real number as its sign and the logarithm of its size.
 *
 * @param sign −1, 0 or 1
 * @param log natural logarithm of the absolute value; −∞ for 0
 */
record Quantity(int sign, double log) {
  private static final double ROUNDING = 1e-13;

  static final Quantity ZERO = new Quantity(0, Double.NEGATIVE_INFINITY);

  static Quantity of(double value) {
    return value == 0 ? ZERO : new Quantity(value > 0 ? 1 : -1, Math.log(Math.abs(value)));
  }

  static Quantity ofLog10(double log10) {
    return new Quantity(1, log10 * Math.log(10));
  }

  Quantity negated() {
    return new Quantity(-sign, log);
  }

  Quantity plus(Quantity other) {
    if (sign == 0 || other.sign == 0) {
      return sign == 0 ? other : this;
    }
    Quantity large = log >= other.log ? this : other;
    Quantity small = log >= other.log ? other : this;
    double ratio = Math.exp(small.log - large.log);
    double sum = large.sign == small.sign ? 1 + ratio : 1 - ratio;
    return sum == 0 ? ZERO : new Quantity(large.sign, large.log + Math.log(sum));
  }

  Quantity times(Quantity other) {
    return sign == 0 || other.sign == 0 ? ZERO : new Quantity(sign * other.sign, log + other.log);
  }

  /** Quotient; the divisor must not be 0. */
  Quantity over(Quantity other) {
    return sign == 0 ? ZERO : new Quantity(sign * other.sign, log - other.log);
  }

  /** Order; values that differ by rounding alone are equal. */
  int compare(Quantity other) {
    if (sign != other.sign) {
      return Integer.compare(sign, other.sign);
    }
    boolean equal = sign == 0 || Math.abs(log - other.log) < ROUNDING * Math.max(1, Math.abs(log));
    return equal ? 0 : sign * Double.compare(log, other.log);
  }

  @Override
  public String toString() {
    double log10 = log / Math.log(10);
    return sign == 0
        ? "0"
        : Math.abs(log10) < 6
            ? String.format(Locale.ROOT, "%.4g", sign * Math.exp(log))
            : String.format(Locale.ROOT, "%s10^%.3f", sign < 0 ? "-" : "", log10);
  }
}
