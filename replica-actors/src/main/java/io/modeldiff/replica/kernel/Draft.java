package io.modeldiff.replica.kernel;

import io.modeldiff.core.lm.Conditionals;

/**
 * Proposed sequences of some lanes, scored, not yet accepted.
 *
 * @param state the lanes they would change
 * @param lanes indices of the lanes concerned
 * @param from first changed position
 * @param next conditionals of the proposed sequences from {@code from} on
 * @param energy total energy of each proposed sequence, nats
 */
record Draft(Lanes state, int[] lanes, int from, Conditionals next, double[] energy) {
  /** log p(y_i | y_&lt;i) at an absolute position. */
  double logP(int row, int position) {
    return next.logP()[row][position - from];
  }

  /** log c_β(y_&lt;i) at an absolute position and the lane's own β. */
  double logC(int row, int position) {
    return next.logNormalizer()[row][position - from][0];
  }

  /** The proposed sequence of a row. */
  int[] sequence(int row) {
    return next.tokens()[row];
  }

  /** β·(E(x) − E(y)) plus the bias gained: log π(y)/π(x). */
  double logTargetRatio(int row) {
    int lane = lanes[row];
    return state.beta(lane) * (state.energy(lane) - energy[row])
        + state.biasGain(lane, energy[row]);
  }
}
