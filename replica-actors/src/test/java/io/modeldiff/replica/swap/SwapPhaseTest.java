package io.modeldiff.replica.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.replica.ladder.Ladder;
import io.modeldiff.replica.schedule.Bias;
import io.modeldiff.replica.schedule.Schedule;
import org.junit.jupiter.api.Test;

class SwapPhaseTest {
  private static final Ladder LADDER = Ladder.of(1.0, 1.5, 2.0);
  private static final Schedule PLAIN = Schedule.of(LADDER);

  @Test
  void decide_evenAndOddRounds_tryAlternatePairs() {
    int[][] rungs = SwapPhase.initialRungs(3, 2);
    double[][] energies = {{5, 5}, {5, 5}, {5, 5}};
    assertThat(SwapPhase.decide(PLAIN, 4, 1, 0, rungs, energies).attempts()).containsExactly(2, 0);
    assertThat(SwapPhase.decide(PLAIN, 4, 1, 1, rungs, energies).attempts()).containsExactly(0, 2);
  }

  @Test
  void decide_twoRungs_tryTheirPairEveryRound() {
    Ladder two = Ladder.of(1.0, 1.5);
    int[][] rungs = SwapPhase.initialRungs(2, 1);
    double[][] energies = {{5}, {5}};
    assertThat(SwapPhase.decide(Schedule.of(two), 4, 1, 0, rungs, energies).attempts())
        .containsExactly(1);
    assertThat(SwapPhase.decide(Schedule.of(two), 4, 1, 1, rungs, energies).attempts())
        .containsExactly(1);
  }

  @Test
  void decide_colderLaneHasHigherEnergy_alwaysSwaps() {
    double[][] energies = {{3}, {9}, {1}};
    SwapPhase.Decision d = SwapPhase.decide(PLAIN, 4, 1, 0, SwapPhase.initialRungs(3, 1), energies);
    assertThat(d.rungs()).isDeepEqualTo(new int[][] {{1}, {0}, {2}});
    assertThat(d.accepted()).containsExactly(1, 0);
    assertThat(d.rejection()[0]).isZero();
  }

  @Test
  void decide_unfavourable_swapsWithTheExactProbability() {
    // Rung 0 (warm) holds 4, rung 1 (cold) holds 3: log a = (1 - 1.5)(4 - 3) = -0.5.
    int lanes = 20_000;
    double[][] energies = new double[3][lanes];
    java.util.Arrays.fill(energies[0], 4);
    java.util.Arrays.fill(energies[1], 3);
    SwapPhase.Decision d =
        SwapPhase.decide(PLAIN, 4, 9, 2, SwapPhase.initialRungs(3, lanes), energies);
    assertThat(d.rejection()[0] / lanes).isCloseTo(1 - Math.exp(-0.5), within(1e-9));
    assertThat(d.accepted()[0] / (double) lanes).isCloseTo(Math.exp(0.5 * -1), within(0.0175));
    assertThat(SwapPhase.decide(PLAIN, 4, 9, 2, SwapPhase.initialRungs(3, lanes), energies).rungs())
        .isDeepEqualTo(d.rungs());
  }

  @Test
  void decide_sequenceBelowTheFloor_staysAtBetaOne() {
    Schedule floored = PLAIN.withBias(Bias.floor(1.0));
    double[][] energies = {{2}, {9}, {8}}; // z = 0.5 at beta 1 lies below the floor
    SwapPhase.Decision d =
        SwapPhase.decide(floored, 4, 1, 0, SwapPhase.initialRungs(3, 1), energies);
    assertThat(d.accepted()).containsExactly(0, 0);
    assertThat(d.rejection()[0]).isEqualTo(1.0);
  }

  @Test
  void decide_rungHeldTwice_isRefused() {
    assertThatThrownBy(
            () ->
                SwapPhase.decide(
                    PLAIN, 4, 1, 0, new int[][] {{0}, {0}, {2}}, new double[][] {{1}, {1}, {1}}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
