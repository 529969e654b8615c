package io.modeldiff.analysis.reweighting;

import io.modeldiff.core.error.UserException;

/**
 * What became of a solve. Free energies can only be read from {@link Solved}: nothing goes on from
 * a failed solve by accident.
 */
public sealed interface MbarOutcome {
  /**
   * The equations hold.
   *
   * @param f −log Z per state (nats); states without samples included
   * @param residual max over estimated states of |Σ_s weight − N_k| / N_k
   * @param newtonSteps Newton steps taken
   * @param fallbackSteps self-consistent steps taken because Newton's were refused
   */
  record Solved(double[] f, double residual, int newtonSteps, int fallbackSteps)
      implements MbarOutcome {}

  /** The equations could not be solved; {@code reason} says why, in words. */
  record Failed(String reason) implements MbarOutcome {}

  /** The solution, or one clear error. */
  default Solved require() {
    if (this instanceof Solved solved) {
      return solved;
    }
    throw UserException.failed(
        "The rungs' normalisers could not be estimated: " + ((Failed) this).reason() + ".");
  }
}
