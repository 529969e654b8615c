package io.modeldiff.replica.bridge;

import java.util.ArrayList;
import java.util.List;

/**
 * What the bridge samples: states exp(−β((1 − t) E_A + t E_B)), neighbours exchanging places.
 *
 * @param t [state] 0 is A, 1 is B; ascending
 * @param beta [state] inverse temperature
 * @param lanes independent simulations
 * @param rounds rounds in all, the first tenth of which does not count
 * @param moves suffix moves in every round
 * @param seed of all randomness
 */
public record BridgePlan(double[] t, double[] beta, int lanes, int rounds, int moves, long seed) {
  private static final int MIDDLE = 9;
  private static final int LANES = 16;
  private static final int MOVES = 2;
  private static final int FEWEST_ROUNDS = 20;

  /**
   * A plan that costs about a number of evaluations.
   *
   * @param beta inverse temperature between the models: where Z lies; 1 adds no further states
   * @param evaluations full-sequence passes of both models together
   */
  public static BridgePlan of(double beta, long evaluations, long seed) {
    List<double[]> states = new ArrayList<>();
    states.add(new double[] {0, 1});
    for (int i = 0; i < MIDDLE; i++) {
      double share = (double) i / (MIDDLE - 1);
      if (beta != 1 || (share > 0 && share < 1)) {
        states.add(new double[] {share, beta});
      }
    }
    states.add(new double[] {1, 1});
    // A suffix move passes half a sequence through each model, the round's first one all of it.
    double perRound = states.size() * LANES * (2.0 + (MOVES - 1));
    int rounds = (int) Math.max(FEWEST_ROUNDS, Math.min(100_000, evaluations / perRound));
    return new BridgePlan(
        states.stream().mapToDouble(s -> s[0]).toArray(),
        states.stream().mapToDouble(s -> s[1]).toArray(),
        LANES,
        rounds,
        MOVES,
        seed);
  }

  /** Number of states. */
  public int states() {
    return t.length;
  }

  /** First round that counts. */
  public int firstCounted() {
    return (rounds + MIDDLE) / 10;
  }

  double logDensity(int state, double energyA, double energyB) {
    return -beta[state] * ((1 - t[state]) * energyA + t[state] * energyB);
  }
}
