package io.modeldiff.replica.local;

import io.modeldiff.replica.round.MoveCount;
import io.modeldiff.replica.schedule.Schedule;
import java.util.List;

/**
 * The counted samples of a run of replica exchange.
 *
 * @param schedule the frozen schedule
 * @param tokens [rung][lane][round][N]
 * @param energies [rung][lane][round], nats
 * @param rejection [pairs] mean swap rejection in counted rounds
 * @param restarts arrivals at the far end from the home end
 * @param roundTrips round trips along the ladder
 * @param counts moves by kernel and rung, one entry per replica and round
 * @param evaluations evaluations in all
 * @param counted those of the counted rounds
 */
public record TemperingRun(
    Schedule schedule,
    int[][][][] tokens,
    double[][][] energies,
    double[] rejection,
    long restarts,
    long roundTrips,
    List<MoveCount> counts,
    double evaluations,
    double counted) {
  public TemperingRun {
    counts = List.copyOf(counts);
  }
}
