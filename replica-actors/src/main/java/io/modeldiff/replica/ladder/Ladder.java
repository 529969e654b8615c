package io.modeldiff.replica.ladder;

import io.modeldiff.core.error.UserException;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The inverse temperatures of a campaign, ascending. β=1 is the model itself, β=0 the uniform
 * distribution; rung k of a ladder is {@code betas[k]}.
 */
public record Ladder(double[] betas) {
  public Ladder {
    betas = betas.clone();
    if (betas.length == 0) {
      throw UserException.badInput("A ladder needs at least one inverse temperature.");
    }
    for (int k = 0; k < betas.length; k++) {
      if (!Double.isFinite(betas[k]) || betas[k] < 0) {
        throw UserException.badInput(
            "Inverse temperatures must be finite and not negative, but one was "
                + betas[k]
                + "; for example --ladder 1,1.1,1.25.");
      }
      if (k > 0 && betas[k] <= betas[k - 1]) {
        throw UserException.badInput(
            "The inverse temperatures of a ladder must be distinct, but "
                + betas[k]
                + " appears twice or out of order.");
      }
    }
  }

  /** A ladder of the given inverse temperatures in any order. */
  public static Ladder of(double... betas) {
    double[] sorted = betas.clone();
    Arrays.sort(sorted);
    return new Ladder(sorted);
  }

  /**
   * The ladder of the paper's temperatures: π ∝ exp(−z/T) with z per token, so β = 1/(n·T).
   *
   * @param temperatures T, each positive, any order
   * @param scored n, scored positions of a sequence
   */
  public static Ladder ofTemperatures(double[] temperatures, int scored) {
    double[] betas = new double[temperatures.length];
    for (int k = 0; k < betas.length; k++) {
      if (!(temperatures[k] > 0)) {
        throw UserException.badInput(
            "Temperatures must be positive, but one was "
                + temperatures[k]
                + "; for example --temperatures 0.01,0.1.");
      }
      betas[k] = 1.0 / (scored * temperatures[k]);
    }
    return of(betas);
  }

  /** Number of rungs. */
  public int size() {
    return betas.length;
  }

  /** Inverse temperature of a rung. */
  public double beta(int rung) {
    return betas[rung];
  }

  /** The rung at exactly this inverse temperature, if any. */
  public OptionalInt rungOf(double beta) {
    int k = Arrays.binarySearch(betas, beta);
    return k >= 0 ? OptionalInt.of(k) : OptionalInt.empty();
  }

  /**
   * Whether independent exact samples can be drawn at a rung: ancestral sampling at β=1, uniform
   * tokens at β=0.
   */
  public boolean drawable(int rung) {
    return betas[rung] == 1.0 || betas[rung] == 0.0;
  }

  /** The end from which fresh samples come: the rung of β=1 if it is an end, else rung 0. */
  public int homeEnd() {
    return betas[betas.length - 1] == 1.0 ? betas.length - 1 : 0;
  }

  /** The end opposite to {@link #homeEnd}. */
  public int farEnd() {
    return betas.length - 1 - homeEnd();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Ladder l && Arrays.equals(l.betas, betas);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(betas);
  }

  @Override
  public String toString() {
    return "Ladder" + Arrays.toString(betas);
  }
}
