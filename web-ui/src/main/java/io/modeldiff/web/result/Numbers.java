package io.modeldiff.web.result;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers for people: with unit and uncertainty, and words where there is no number. */
public final class Numbers {
  private static final double LARGEST_PLAIN_LOG10 = 9;
  private static final int MOST_DIGITS = 6;
  private static final double NORMAL_95 = 1.96;
  private static final double SMALLEST_PLAIN = 1e-4;
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH)
          .withZone(ZoneId.systemDefault());

  private Numbers() {}

  /** A count with its relative standard error: {@code 3,744,800 ±0.3%}, {@code 1.58 × 10³¹ ±3%}. */
  public static String count(Count estimate) {
    if (estimate.log10() == null) {
      return estimate.upperLog10() == null
          ? "none seen"
          : "fewer than " + magnitude(estimate.upperLog10());
    }
    return rounded(estimate.log10(), estimate.relSe()) + error(estimate.relSe());
  }

  // Digits beyond the error say nothing: one more than it leaves is shown.
  private static String rounded(double log10, @Nullable Double relSe) {
    if (relSe == null || !(relSe > 0)) {
      return magnitude(log10);
    }
    int digits = (int) Math.max(1, Math.ceil(-Math.log10(relSe)) + 1);
    if (log10 >= LARGEST_PLAIN_LOG10) {
      double exponent = Math.floor(log10);
      return significant(Math.pow(10, log10 - exponent), Math.min(digits, MOST_DIGITS))
          + " × "
          + power(exponent);
    }
    BigDecimal value = BigDecimal.valueOf(Math.pow(10, log10));
    return String.format(
        Locale.ENGLISH, "%,.0f", value.round(new MathContext(digits, RoundingMode.HALF_UP)));
  }

  private static String error(@Nullable Double relSe) {
    return relSe == null ? " (error unknown)" : " ±" + percent(relSe);
  }

  /** A count by its base-10 logarithm, without its error. */
  public static String magnitude(double log10) {
    return log10 < LARGEST_PLAIN_LOG10
        ? String.format(Locale.ENGLISH, "%,.0f", Math.pow(10, log10))
        : power(log10);
  }

  /** The same without superscripts, for terminals and files: {@code 10^31.2}. */
  public static String plainMagnitude(double log10) {
    return log10 < LARGEST_PLAIN_LOG10
        ? magnitude(log10)
        : String.format(Locale.ENGLISH, "10^%.1f", log10);
  }

  /** The same, with no more digits of a small count than its relative standard error leaves. */
  public static String plainMagnitude(double log10, @Nullable Double relSe) {
    return log10 < LARGEST_PLAIN_LOG10 ? rounded(log10, relSe) : plainMagnitude(log10);
  }

  /** {@code 10³¹·²}. */
  public static String power(double log10) {
    StringBuilder text = new StringBuilder("10");
    String format = log10 == Math.rint(log10) ? "%.0f" : "%.1f";
    for (char c : String.format(Locale.ENGLISH, format, log10).toCharArray()) {
      text.append(c == '.' ? '·' : c == '-' ? '⁻' : SUPERSCRIPTS.charAt(c - '0'));
    }
    return text.toString();
  }

  /** A share as a percentage with sensible digits: {@code 87%}, {@code 0.32%}. */
  public static String percent(double share) {
    double p = 100 * share;
    return significant(p, 2) + "%";
  }

  /** A share with the half-width of its 95% interval, in percent: {@code 52.9% ± 0.2%}. */
  public static String share(double share, double se) {
    if (!(se > 0)) {
      return percent(share);
    }
    double half = 100 * NORMAL_95 * se;
    int decimals = (int) Math.max(0, Math.min(6, -Math.floor(Math.log10(half))));
    String format = "%." + decimals + "f%%";
    return String.format(Locale.ENGLISH, format + " ± " + format, 100 * share, half);
  }

  /** {@code value ± error}, both to the digits that the error allows. */
  public static String withError(@Nullable Double value, @Nullable Double error) {
    if (value == null) {
      return "not estimable";
    }
    if (error == null || !(error > 0)) {
      return significant(value, 4);
    }
    int decimals = (int) Math.max(0, Math.min(8, 1 - Math.floor(Math.log10(error))));
    String format = "%,." + decimals + "f";
    return String.format(Locale.ENGLISH, format + " ± " + format, value, error);
  }

  /** Nats per token. */
  public static String nll(@Nullable Double value) {
    return value == null ? "unscored" : String.format(Locale.ENGLISH, "%.3f nats/token", value);
  }

  /** So many significant digits, without an exponent. */
  public static String significant(double value, int digits) {
    if (value == 0) {
      return "0";
    }
    int decimals = (int) Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value))));
    return String.format(Locale.ENGLISH, "%,." + Math.min(decimals, 9) + "f", value);
  }

  /** A probability: {@code 0.25}, {@code 0.0011}; below a ten-thousandth {@code 7.9 × 10⁻⁷}. */
  public static String probability(double value, int digits) {
    if (value <= 0 || value >= SMALLEST_PLAIN) {
      return significant(value, digits);
    }
    String[] parts = String.format(Locale.ENGLISH, "%." + (digits - 1) + "e", value).split("e", -1);
    return parts[0] + " × " + power(Integer.parseInt(parts[1]));
  }

  /** To hundredths, or all digits where there are more: the ends of ranges that people chose. */
  public static String hundredths(double value) {
    String rounded = String.format(Locale.ENGLISH, "%.2f", value);
    return Double.parseDouble(rounded) == value ? rounded : String.valueOf(value);
  }

  /** A whole number with separators. */
  public static String whole(long value) {
    return String.format(Locale.ENGLISH, "%,d", value);
  }

  /** {@code 3 min 20 s}. */
  public static String duration(double seconds) {
    Duration d = Duration.ofSeconds(Math.round(seconds));
    if (d.toDays() > 0) {
      return d.toDays() + " d " + d.toHoursPart() + " h";
    }
    if (d.toHours() > 0) {
      return d.toHours() + " h " + d.toMinutesPart() + " min";
    }
    return d.toMinutes() > 0
        ? d.toMinutes() + " min " + d.toSecondsPart() + " s"
        : d.toSeconds() + " s";
  }

  /** Day and minute, in the server's time zone. */
  public static String time(Instant instant) {
    return TIME.format(instant);
  }
}
