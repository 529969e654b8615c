package io.modeldiff.analysis.lmdiff.measure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as Python and NumPy print, round and add them, for files and answers that must agree. */
public final class PythonNumbers {
  private PythonNumbers() {}

  /** Shortest decimal that reads back as the same double, in Python's notation. */
  public static String repr(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return special(value);
    }
    for (int digits = Math.abs(value) < Double.MIN_NORMAL ? 1 : 15; digits < 17; digits++) {
      BigDecimal rounded =
          new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        return notation(rounded);
      }
    }
    return notation(new BigDecimal(value).round(new MathContext(17, RoundingMode.HALF_EVEN)));
  }

  /** Shortest decimal that reads back as the same float, in NumPy's notation. */
  public static String repr(float value) {
    if (value == 0 || !Float.isFinite(value)) {
      return special(value);
    }
    for (int digits = Math.abs(value) < Float.MIN_NORMAL ? 1 : 6; digits < 9; digits++) {
      BigDecimal rounded =
          new BigDecimal((double) value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.floatValue() == value) {
        return notation(rounded);
      }
    }
    return notation(
        new BigDecimal((double) value).round(new MathContext(9, RoundingMode.HALF_EVEN)));
  }

  /** Python's {@code round(value, digits)}: the exact value to even, sign of zero kept. */
  public static double round(double value, int digits) {
    if (!Double.isFinite(value)) {
      return value;
    }
    double rounded = new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
    return Math.copySign(rounded, value);
  }

  /** NumPy's float32 mean: pairwise float32 sum over blocks of eight accumulators, divided. */
  public static float mean(float[] values) {
    return pairwise(values, 0, values.length) / values.length;
  }

  private static float pairwise(float[] a, int from, int n) {
    if (n < 8) {
      float sum = 0f;
      for (int i = 0; i < n; i++) {
        sum += a[from + i];
      }
      return sum;
    }
    if (n > 128) {
      int half = n / 2;
      half -= half % 8;
      return pairwise(a, from, half) + pairwise(a, from + half, n - half);
    }
    float[] r = new float[8];
    System.arraycopy(a, from, r, 0, 8);
    int i = 8;
    for (; i < n - n % 8; i += 8) {
      for (int j = 0; j < 8; j++) {
        r[j] += a[from + i + j];
      }
    }
    float sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    for (; i < n; i++) {
      sum += a[from + i];
    }
    return sum;
  }

  private static String special(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return 1 / value < 0 ? "-0.0" : "0.0";
  }

  private static String notation(BigDecimal value) {
    BigDecimal v = value.stripTrailingZeros();
    int exponent = v.precision() - v.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = v.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    String digits = v.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String sign = v.signum() < 0 ? "-" : "";
    return sign
        + mantissa
        + "e"
        + (exponent < 0 ? "-" : "+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}
