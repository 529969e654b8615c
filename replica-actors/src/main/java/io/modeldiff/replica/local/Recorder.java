package io.modeldiff.replica.local;

import io.modeldiff.replica.round.MoveCount;
import io.modeldiff.replica.schedule.Schedule;
import io.modeldiff.replica.swap.SwapPhase;
import io.modeldiff.replica.swap.Traffic;
import java.util.ArrayList;
import java.util.List;

/** Collects counted rounds, sorted by the rung that each sample was drawn at. */
final class Recorder {
  private final int rungCount;
  private final int lanes;
  private final List<int[][][]> tokens = new ArrayList<>();
  private final List<double[][]> energies = new ArrayList<>();
  private final List<MoveCount> counts = new ArrayList<>();
  private final double[] rejection;
  private final long[] attempts;

  Recorder(int rungCount, int lanes) {
    this.rungCount = rungCount;
    this.lanes = lanes;
    this.rejection = new double[Math.max(0, rungCount - 1)];
    this.attempts = new long[rejection.length];
  }

  int rounds() {
    return energies.size();
  }

  void add(
      int[][] rungs,
      List<int[][]> replicaTokens,
      double[][] replicaEnergies,
      SwapPhase.Decision swaps,
      List<MoveCount> roundCounts) {
    int[][][] t = new int[rungCount][lanes][];
    double[][] e = new double[rungCount][lanes];
    for (int r = 0; r < rungs.length; r++) {
      for (int c = 0; c < lanes; c++) {
        t[rungs[r][c]][c] = replicaTokens.get(r)[c];
        e[rungs[r][c]][c] = replicaEnergies[r][c];
      }
    }
    tokens.add(t);
    energies.add(e);
    counts.addAll(roundCounts);
    for (int k = 0; k < rejection.length; k++) {
      rejection[k] += swaps.rejection()[k];
      attempts[k] += swaps.attempts()[k];
    }
  }

  TemperingRun run(Schedule schedule, Traffic traffic, double evaluations, double counted) {
    int[][][][] byRung = new int[rungCount][lanes][rounds()][];
    double[][][] energy = new double[rungCount][lanes][rounds()];
    for (int t = 0; t < rounds(); t++) {
      for (int k = 0; k < rungCount; k++) {
        for (int c = 0; c < lanes; c++) {
          byRung[k][c][t] = tokens.get(t)[k][c];
          energy[k][c][t] = energies.get(t)[k][c];
        }
      }
    }
    double[] rates = new double[rejection.length];
    for (int k = 0; k < rates.length; k++) {
      rates[k] = attempts[k] == 0 ? 0 : rejection[k] / attempts[k];
    }
    return new TemperingRun(
        schedule,
        byRung,
        energy,
        rates,
        traffic.restarts(),
        traffic.roundTrips(),
        counts,
        evaluations,
        counted);
  }
}
