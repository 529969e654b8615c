package io.modeldiff.analysis.reweighting;

/**
 * A state whose log normaliser is known and therefore not estimated.
 *
 * @param state index of the state
 * @param logPartition its log Z (nats): 0 for the model itself behind a prefix, log V where the
 *     first token is unscored
 */
public record Pin(int state, double logPartition) {
  /** f = −log Z, the free energy that the solver keeps fixed. */
  double f() {
    return -logPartition;
  }
}
