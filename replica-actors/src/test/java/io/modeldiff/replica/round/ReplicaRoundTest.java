package io.modeldiff.replica.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.core.lm.TableLanguageModel;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.replica.kernel.KernelMix;
import io.modeldiff.replica.kernel.KernelName;
import io.modeldiff.replica.ladder.Ladder;
import io.modeldiff.replica.schedule.Schedule;
import io.modeldiff.replica.swap.SwapPhase;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReplicaRoundTest {
  private static final InputSpace SPACE = InputSpace.all(4, new int[] {0}, 4);
  private static final TableLanguageModel MODEL = new TableLanguageModel(4, 1.5, 5);
  private static final Schedule SCHEDULE = Schedule.of(Ladder.of(0.0, 0.5, 1.0, 1.6));
  private static final KernelMix ALL =
      KernelMix.parse("suffix:3,window,conditional,metropolis,gibbs,gwg,dmala");

  private static RoundSpec spec(KernelMix kernels) {
    return new RoundSpec(17, 5, kernels, true, StartState.ANCESTRAL);
  }

  @Test
  void run_restoredFromTokens_givesTheSameBits() {
    int lanes = 6;
    int[] rungs = {0, 1, 2, 3, 1, 2};
    try (ReplicaRound steady = new ReplicaRound(MODEL, SPACE, spec(ALL), 3, lanes)) {
      RoundResult last = steady.start(SCHEDULE, rungs);
      for (long round = 1; round <= 20; round++) {
        RoundResult warm = steady.run(SCHEDULE, round, rungs, last.tokens());
        try (ReplicaRound restored = new ReplicaRound(MODEL, SPACE, spec(ALL), 3, lanes)) {
          RoundResult cold = restored.run(SCHEDULE, round, rungs, last.tokens());
          assertThat(cold).usingRecursiveComparison().isEqualTo(warm);
        }
        last = warm;
        rungs = rotated(rungs);
      }
    }
  }

  private static int[] rotated(int[] rungs) {
    int[] next = rungs.clone();
    for (int c = 0; c < next.length; c++) {
      next[c] = (next[c] + 1) % SCHEDULE.ladder().size();
    }
    return next;
  }

  @Test
  void run_otherReplicaOrRound_drawsOtherNumbers() {
    int[] rungs = {3, 3, 3, 3};
    int[][] tokens = new int[4][4];
    RoundResult a = once(0, 1, rungs, tokens);
    assertThat(once(0, 1, rungs, tokens).tokens()).isDeepEqualTo(a.tokens());
    assertThat(once(1, 1, rungs, tokens).tokens()).isNotEqualTo(a.tokens());
    assertThat(once(0, 2, rungs, tokens).tokens()).isNotEqualTo(a.tokens());
  }

  private static RoundResult once(int replica, long round, int[] rungs, int[][] tokens) {
    RoundSpec suffix = spec(KernelMix.only(KernelName.SUFFIX));
    try (ReplicaRound rounds = new ReplicaRound(MODEL, SPACE, suffix, replica, rungs.length)) {
      return rounds.run(SCHEDULE, round, rungs, tokens);
    }
  }

  @Test
  void run_refreshedLanesOnly_costsADrawAndTheCanonicalPass() {
    RoundResult result = once(0, 1, new int[] {2, 2, 0}, new int[3][4]);
    assertThat(result.positions()).isEqualTo(2L * 3 * 4);
    assertThat(result.counts()).isEmpty();
  }

  @Test
  void run_movingLanes_countsPositionsAndMoves() {
    RoundSpec gibbs = spec(KernelMix.only(KernelName.METROPOLIS));
    try (ReplicaRound rounds = new ReplicaRound(MODEL, SPACE, gibbs, 0, 3)) {
      RoundResult result = rounds.run(SCHEDULE, 1, new int[] {1, 3, 3}, new int[3][4]);
      assertThat(result.counts()).hasSize(2);
      assertThat(result.counts().get(0).proposed()).isEqualTo(5);
      assertThat(result.counts().get(1).proposed()).isEqualTo(10);
      assertThat(result.positions()).isBetween(3L * 4 + 5 * 3, 3L * 4 + 5 * 3 * 4);
    }
  }

  @Test
  void run_withSwaps_reproducesExactMeansOnEveryRung() {
    int lanes = 40;
    int rounds = 600;
    Ladder ladder = SCHEDULE.ladder();
    int[][] rungs = SwapPhase.initialRungs(ladder.size(), lanes);
    ReplicaRound[] replicas = new ReplicaRound[ladder.size()];
    RoundResult[] last = new RoundResult[ladder.size()];
    for (int r = 0; r < replicas.length; r++) {
      replicas[r] = new ReplicaRound(MODEL, SPACE, spec(ALL), r, lanes);
      last[r] = replicas[r].start(SCHEDULE, rungs[r]);
    }
    double[] sum = new double[ladder.size()];
    for (long round = 1; round <= rounds; round++) {
      double[][] energies = new double[replicas.length][];
      for (int r = 0; r < replicas.length; r++) {
        last[r] = replicas[r].run(SCHEDULE, round, rungs[r], last[r].tokens());
        energies[r] = last[r].energies();
        for (int c = 0; c < lanes; c++) {
          sum[rungs[r][c]] += energies[r][c];
        }
      }
      rungs = SwapPhase.decide(SCHEDULE, SPACE.scored(), 17, round, rungs, energies).rungs();
    }
    for (int k = 0; k < ladder.size(); k++) {
      assertThat(sum[k] / (rounds * lanes))
          .as("mean energy at beta %s, seed 17", ladder.beta(k))
          .isCloseTo(exactMean(ladder.beta(k)), within(0.05));
    }
    Arrays.stream(replicas).forEach(ReplicaRound::close);
  }

  private static double exactMean(double beta) {
    double z = 0;
    double mean = 0;
    for (int[] x : TableLanguageModel.enumerate(SPACE)) {
      double e = MODEL.energy(SPACE, x);
      z += Math.exp(-beta * e);
      mean += e * Math.exp(-beta * e);
    }
    return mean / z;
  }
}
