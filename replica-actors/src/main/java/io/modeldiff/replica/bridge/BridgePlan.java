package io.modeldiff.replica.bridge;

/**
 * What the bridge samples: states exp(−β((1 − t) E_A + t E_B)) on the way from A over where both
 * models' NLLs reach the upper end of Z to B.
 *
 * @param t [state] 0 is A, 1 is B
 * @param beta [state] inverse temperature; 1 at both ends
 * @param particles sequences of one population
 * @param replicates independent populations of every state
 * @param seed of all randomness
 */
public record BridgePlan(double[] t, double[] beta, int particles, int replicates, long seed) {
  /** Number of states. */
  public int states() {
    return t.length;
  }

  /** Populations in all, the units of progress. */
  public int populations() {
    return states() * replicates;
  }

  /** Full-sequence passes of both models together. */
  public long evaluations() {
    return 2L * particles * populations();
  }

  Mixture mixture(int state) {
    return new Mixture(beta[state] * (1 - t[state]), beta[state] * t[state]);
  }
}
