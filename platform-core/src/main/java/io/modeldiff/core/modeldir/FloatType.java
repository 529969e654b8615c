package io.modeldiff.core.modeldir;

import io.modeldiff.core.lm.files.HalfFloat;
import java.nio.ByteBuffer;

/** Floating-point types in which weights are stored. */
public enum FloatType {
  F32(4),
  F16(2),
  BF16(2);

  private final int bytes;

  FloatType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one value. */
  int bytes() {
    return bytes;
  }

  /** The type's name in a safetensors header. */
  String safetensorsName() {
    return name();
  }

  /** Appends a value, rounded to the nearest that the type can hold (ties to even). */
  void put(ByteBuffer to, float value) {
    switch (this) {
      case F32 -> to.putFloat(value);
      case F16 -> to.putShort(HalfFloat.fromFloat(value));
      case BF16 -> to.putShort(toBfloat16(value));
    }
  }

  private static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) 0x7fc0;
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }
}
