package io.modeldiff.core.lm.arch;

/**
 * Rotary position embedding: dimension pairs (j, j + d/2) of the first d = 2·|frequencies|
 * dimensions of a head are rotated by position·frequency; the others pass unchanged.
 *
 * @param frequencies inverse wavelengths, radians per position
 */
public record Rope(float[] frequencies) {
  @Override
  public boolean equals(Object o) {
    return o instanceof Rope r && java.util.Arrays.equals(r.frequencies, frequencies);
  }

  @Override
  public int hashCode() {
    return java.util.Arrays.hashCode(frequencies);
  }
}
