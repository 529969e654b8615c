package io.modeldiff.replica.round;

import java.util.List;

/**
 * What a replica reports of a round; everything that an event needs.
 *
 * @param round number of the round
 * @param tokens [lanes][N], the sequences at its end
 * @param energies [lanes], E in nats by the canonical pass
 * @param counts moves per kernel and rung, refreshes not included
 * @param positions token positions evaluated, the canonical pass included; divided by n this is the
 *     number of evaluations
 */
public record RoundResult(
    long round, int[][] tokens, double[] energies, List<MoveCount> counts, long positions) {
  public RoundResult {
    counts = List.copyOf(counts);
  }
}
