package io.modeldiff.replica.kernel;

import io.modeldiff.core.random.KeyedRandom;

/**
 * What became of one move.
 *
 * @param lanes the lanes concerned
 * @param logRatio log acceptance ratio of each lane's proposal, nats; 0 for a Gibbs draw
 * @param accepted whether the lane took its proposal; for a Gibbs draw, whether its token changed
 */
public record Moved(int[] lanes, double[] logRatio, boolean[] accepted) {
  /** Metropolis-Hastings: accepts each row with probability min(1, exp(logRatio)). */
  static Moved decide(Draft draft, double[] logRatio, KeyedRandom[] random) {
    boolean[] accepted = new boolean[logRatio.length];
    for (int b = 0; b < accepted.length; b++) {
      accepted[b] = Math.log(random[b].uniform()) < logRatio[b];
    }
    draft.state().accept(draft, accepted);
    return new Moved(draft.lanes(), logRatio, accepted);
  }
}
