package io.modeldiff.core.lm.files;

/** IEEE 754 binary16, which JDK 17 cannot convert yet. */
public final class HalfFloat {
  private HalfFloat() {}

  /** The value of the 16 bits, exactly. */
  public static float toFloat(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = (bits >>> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0x1f) {
      return Float.intBitsToFloat(sign | 0x7f800000 | fraction << 13);
    }
    if (exponent == 0) {
      float subnormal = fraction * 0x1.0p-24f;
      return sign == 0 ? subnormal : -subnormal;
    }
    return Float.intBitsToFloat(sign | (exponent + 112) << 23 | fraction << 13);
  }

  /** The nearest binary16 bits (ties to even); overflows become infinite. */
  public static short fromFloat(float value) {
    int bits = Float.floatToIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= 65520f) {
      return (short) (sign | 0x7c00);
    }
    if (magnitude < 0x1.0p-14f) {
      return (short) (sign | (int) Math.rint(magnitude * 0x1.0p24));
    }
    int abs = bits & 0x7fffffff;
    int rounded = abs + 0xfff + ((abs >>> 13) & 1);
    return (short) (sign | (rounded - (112 << 23)) >>> 13);
  }
}
