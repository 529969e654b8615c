package io.modeldiff.core.lm.files;

import java.util.Arrays;

/**
 * One tensor of a safetensors file, as its validated header describes it.
 *
 * @param name tensor name
 * @param dtype safetensors data type, e.g. {@code F32}
 * @param shape dimensions
 * @param offset first byte in the file
 * @param bytes length in bytes
 */
public record TensorEntry(String name, String dtype, long[] shape, long offset, long bytes) {
  /** Number of elements. */
  public long elements() {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  /** Whether this is a floating-point type that weights may have. */
  public boolean isFloat() {
    return dtype.equals("F32")
        || dtype.equals("F16")
        || dtype.equals("BF16")
        || dtype.equals("F64");
  }

  /** Shape as text, e.g. {@code [3, 4]}. */
  public String shapeText() {
    return Arrays.toString(shape);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof TensorEntry t
        && t.name.equals(name)
        && t.dtype.equals(dtype)
        && t.offset == offset
        && t.bytes == bytes
        && Arrays.equals(t.shape, shape);
  }

  @Override
  public int hashCode() {
    return name.hashCode() * 31 + Long.hashCode(offset);
  }
}
