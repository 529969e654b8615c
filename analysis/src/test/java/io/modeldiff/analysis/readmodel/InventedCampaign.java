package io.modeldiff.analysis.readmodel;

import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.CampaignStarted;
import io.modeldiff.core.campaign.CampaignEvent.LadderFrozen;
import io.modeldiff.core.campaign.CampaignEvent.RoundClosed;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.campaign.Histogram;
import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.campaign.MoveCounts;
import io.modeldiff.core.campaign.ReplicaEvent.ReplicaAdvanced;
import io.modeldiff.core.campaign.RoundPhase;
import io.modeldiff.core.campaign.Schedule;
import io.modeldiff.core.campaign.Swaps;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Histories of the shape that campaigns write, with invented numbers, from a seed. */
final class InventedCampaign {
  static final int REPLICAS = 3;
  static final int LANES = 4;
  static final int LENGTH = 5;
  static final int SAMPLING_FROM = 5;
  static final CampaignSpec SPEC =
      CampaignSpecs.builder(
              new ModelRef("m", "/models/m", "00", "f32"),
              InputSpace.all(LENGTH, new int[] {0}, 11),
              new NllRange(1, 2))
          .lanes(LANES)
          .ladder(0.25, 0.5, 1)
          .build();

  private final Random random;

  InventedCampaign(long seed) {
    this.random = new Random(seed);
  }

  static List<CampaignEvent> beginning(String campaign) {
    Schedule schedule =
        new Schedule(new double[] {0.25, 0.5, 1}, new double[3], new double[0], new double[1]);
    return List.of(
        new CampaignStarted(campaign, SPEC, null, Cause.now("anna", "a test")),
        new LadderFrozen(0, 0, schedule, SAMPLING_FROM, Instant.now()));
  }

  /** A round as the replicas see it: one event each. */
  List<ReplicaAdvanced> advanced(long round) {
    List<ReplicaAdvanced> events = new ArrayList<>();
    for (int k = 0; k < REPLICAS; k++) {
      int[] rung = new int[LANES];
      int[][] tokens = new int[LANES][LENGTH];
      double[] energies = new double[LANES];
      for (int lane = 0; lane < LANES; lane++) {
        rung[lane] = (int) ((k + lane + round) % REPLICAS);
        energies[lane] = LENGTH * 3 * random.nextDouble();
        for (int i = 0; i < LENGTH; i++) {
          tokens[lane][i] = random.nextInt(11);
        }
      }
      events.add(new ReplicaAdvanced(round, 0, rung, tokens, energies, new MoveCounts[0], LENGTH));
    }
    return events;
  }

  /** The same round as the coordinator closes it. */
  static RoundClosed closed(long round, List<ReplicaAdvanced> replicas) {
    List<int[]> counts = new ArrayList<>();
    for (int rung = 0; rung < REPLICAS; rung++) {
      for (ReplicaAdvanced replica : replicas) {
        for (int lane = 0; lane < LANES; lane++) {
          if (replica.rung()[lane] == rung) {
            double z = replica.energies()[lane] / LENGTH;
            counts.add(new int[] {rung, (int) (z / SPEC.bin()), 1});
          }
        }
      }
    }
    int[][] rungs = replicas.stream().map(ReplicaAdvanced::rung).toArray(int[][]::new);
    int parity = (int) (round % 2);
    int[] attempted = new int[REPLICAS - 1];
    int[] accepted = new int[REPLICAS - 1];
    double[] rejection = new double[REPLICAS - 1];
    attempted[parity] = LANES;
    accepted[parity] = (int) (round % (LANES + 1));
    rejection[parity] = 0.125 * round;
    return new RoundClosed(
        round,
        round < SAMPLING_FROM ? RoundPhase.BURN_IN : RoundPhase.SAMPLING,
        rungs,
        new Swaps(attempted, accepted, rejection),
        new Histogram(column(counts, 0), column(counts, 1), column(counts, 2)),
        new double[REPLICAS],
        new MoveCounts[0],
        LENGTH,
        LENGTH * (round + 1),
        Instant.now());
  }

  private static int[] column(List<int[]> rows, int i) {
    return rows.stream().mapToInt(row -> row[i]).toArray();
  }
}
