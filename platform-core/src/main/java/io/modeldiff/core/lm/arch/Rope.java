package io.modeldiff.core.lm.arch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rotary position embedding: dimension pairs (j, j + d/2) of the first d = 2·|frequencies|
 * dimensions of a head are rotated by position·frequency; the others pass unchanged.
 *
 * @param frequencies inverse wavelengths, radians per position
 * @param stretch how they change for texts beyond the model's positions, null when they do not
 */
public record Rope(float[] frequencies, @Nullable Stretch stretch) {

  /**
   * Dynamic scaling: the base grows with the length of the text, so that the whole text must be
   * seen at once.
   *
   * @param theta the base within the positions
   * @param dim rotated dimensions
   * @param factor how many times the positions a text may have
   * @param positions the model's positions, up to which nothing changes
   */
  record Stretch(double theta, int dim, double factor, int positions) {
    private float[] frequencies(int length) {
      double growth = factor * length / positions - (factor - 1);
      return plain(theta * Math.pow(growth, (double) dim / (dim - 2)), dim);
    }
  }

  /** θ^(−2j/dim), in float32 like the reference; an odd dimension is rounded up to a pair. */
  static float[] plain(double theta, int dim) {
    float[] f = new float[(dim + 1) / 2];
    for (int j = 0; j < f.length; j++) {
      f[j] = 1f / (float) Math.pow((float) theta, (float) (2 * j) / dim);
    }
    return f;
  }

  /**
   * Frequencies for a pass over the first {@code inputs} positions. The last token of a scored text
   * is no input but belongs to its length.
   */
  public float[] frequencies(int inputs) {
    return stretch == null || inputs <= stretch.positions()
        ? frequencies
        : stretch.frequencies(inputs + 1);
  }

  /** Most inputs of a text that is scored as a whole, by a model of so many positions. */
  public int longest(int positions) {
    return stretch == null ? positions : (int) (stretch.factor() * positions);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Rope r
        && Arrays.equals(r.frequencies, frequencies)
        && java.util.Objects.equals(r.stretch, stretch);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(frequencies);
  }
}
