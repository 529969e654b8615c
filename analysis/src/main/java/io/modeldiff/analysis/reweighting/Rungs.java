package io.modeldiff.analysis.reweighting;

import java.util.Arrays;

/**
 * The densities of a ladder: π_k(x) ∝ exp(−β_k E(x)) · 1[E(x) ≥ floor_k].
 *
 * @param beta inverse temperatures, in the order of rung indices
 * @param floorEnergy n times the floor on z, in nats; −∞ for a rung without floor
 */
public record Rungs(double[] beta, double[] floorEnergy) {
  public Rungs {
    if (beta.length == 0 || beta.length != floorEnergy.length) {
      throw new IllegalArgumentException("a ladder needs one floor per rung and at least one rung");
    }
  }

  /** A ladder without floors. */
  public static Rungs of(double... beta) {
    double[] none = new double[beta.length];
    Arrays.fill(none, Double.NEGATIVE_INFINITY);
    return new Rungs(beta.clone(), none);
  }

  /** Number of rungs K. */
  public int count() {
    return beta.length;
  }

  /** The rung at a given β without floor, or −1. */
  public int at(double wanted) {
    for (int k = 0; k < beta.length; k++) {
      if (beta[k] == wanted && floorEnergy[k] == Double.NEGATIVE_INFINITY) {
        return k;
      }
    }
    return -1;
  }

  /** Distinct finite floors, ascending. */
  double[] floors() {
    return Arrays.stream(floorEnergy).filter(Double::isFinite).sorted().distinct().toArray();
  }
}
