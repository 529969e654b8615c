package io.modeldiff.replica.campaign;

import io.modeldiff.core.campaign.CampaignEvent.RoundClosed;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.Histogram;
import io.modeldiff.core.campaign.Swaps;
import io.modeldiff.replica.swap.SwapPhase;
import io.modeldiff.replica.worker.Schedules;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Closes a round from what the replicas reported: decides the swaps and counts the states. */
final class RoundClosing {
  private RoundClosing() {}

  /**
   * The event that closes the next round of a course.
   *
   * @param answers of all replicas
   */
  static RoundClosed close(CampaignSpec spec, Course course, RoundInFlight answers, Instant at) {
    double[][] energies = answers.energies();
    SwapPhase.Decision swaps =
        SwapPhase.decide(
            Schedules.toSampler(course.placed()),
            spec.space().scored(),
            spec.streamSeed(),
            course.nextRound(),
            course.rungs(),
            energies);
    return new RoundClosed(
        course.nextRound(),
        course.phase(),
        swaps.rungs(),
        new Swaps(swaps.attempts(), swaps.accepted(), swaps.rejection()),
        histogram(course.rungs(), energies, spec.space().scored() * spec.bin()),
        energySums(course, energies),
        MovesSum.of(answers.answers().values()),
        answers.positions(),
        course.totalPositions() + answers.positions(),
        at);
  }

  private static double[] energySums(Course course, double[][] energies) {
    double[] sums = new double[course.replicas()];
    for (int r = 0; r < energies.length; r++) {
      for (int c = 0; c < energies[r].length; c++) {
        sums[course.rungs()[r][c]] += energies[r][c];
      }
    }
    return sums;
  }

  /** Counts states by rung and bin of z; {@code width} is the bin's width in nats per sequence. */
  private static Histogram histogram(int[][] rungs, double[][] energies, double width) {
    Map<Integer, Map<Integer, Integer>> counts = new TreeMap<>();
    int entries = 0;
    for (int r = 0; r < rungs.length; r++) {
      for (int c = 0; c < rungs[r].length; c++) {
        int bin = (int) Math.floor(energies[r][c] / width);
        int now =
            counts.computeIfAbsent(rungs[r][c], k -> new TreeMap<>()).merge(bin, 1, Integer::sum);
        entries += now == 1 ? 1 : 0;
      }
    }
    int[] rung = new int[entries];
    int[] bin = new int[entries];
    int[] count = new int[entries];
    int i = 0;
    for (var byRung : counts.entrySet()) {
      for (var byBin : byRung.getValue().entrySet()) {
        rung[i] = byRung.getKey();
        bin[i] = byBin.getKey();
        count[i++] = byBin.getValue();
      }
    }
    return new Histogram(rung, bin, count);
  }
}
