package io.modeldiff.replica.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdaptationTest {
  private static final AdaptationPlan PLAN = new AdaptationPlan(3, 2, true, Double.NaN);

  /** One round on two lanes with the given rejection rates and energies per rung. */
  private static Adaptation round(Adaptation a, double[] rates, double... energies) {
    double[] sums = new double[rates.length];
    int[] attempts = new int[rates.length];
    int[][] rungs = new int[energies.length][2];
    double[][] e = new double[energies.length][2];
    for (int k = 0; k < energies.length; k++) {
      if (k < rates.length) {
        sums[k] = 2 * rates[k];
        attempts[k] = 2;
      }
      rungs[k][0] = k;
      rungs[k][1] = k;
      e[k][0] = energies[k];
      e[k][1] = energies[k];
    }
    return a.with(sums, attempts, rungs, e);
  }

  @Test
  void improved_unevenRejection_movesTheInnerRung() {
    Adaptation a = round(Adaptation.start(Ladder.of(1, 1.2, 2)), new double[] {0.1, 0.3}, 9, 8, 7);
    Ladder next = a.improved(PLAN);
    assertThat(next.size()).isEqualTo(3);
    assertThat(next.beta(1)).isBetween(1.2, 2.0);
    assertThat(a.barrier()).isCloseTo(0.4, within(1e-12));
  }

  @Test
  void improved_hugeRejection_addsRungsUpToTwiceTheBarrierPlusOne() {
    Adaptation a = round(Adaptation.start(Ladder.of(1, 1.5, 2)), new double[] {0.9, 0.8}, 9, 8, 7);
    assertThat(a.improved(PLAN).size()).isEqualTo(5);
    AdaptationPlan fixed = new AdaptationPlan(3, 2, false, Double.NaN);
    assertThat(a.improved(fixed).size()).isEqualTo(3);
  }

  @Test
  void improved_betaOneInside_keepsItExactly() {
    Adaptation a =
        round(
            Adaptation.start(Ladder.of(0, 0.5, 1, 1.5, 2)),
            new double[] {.3, .1, .1, .4},
            9,
            8,
            7,
            6,
            5);
    Ladder next = a.improved(PLAN);
    assertThat(next.rungOf(1.0)).isPresent();
    assertThat(next.beta(0)).isZero();
    assertThat(next.beta(next.size() - 1)).isEqualTo(2);
  }

  @Test
  void improved_farEndHasNotPassedZ_growsBeyondIt() {
    AdaptationPlan cold = new AdaptationPlan(3, 2, true, 6.5);
    Adaptation a = round(Adaptation.start(Ladder.of(1, 1.5, 2)), new double[] {.4, .4}, 9, 8, 7);
    assertThat(a.improved(cold).size()).isEqualTo(4);
    assertThat(a.improved(cold).beta(3)).isEqualTo(2.5);
    AdaptationPlan warm = new AdaptationPlan(3, 2, true, 12);
    Adaptation b = round(Adaptation.start(Ladder.of(0.2, 0.6, 1)), new double[] {.4, .4}, 11, 8, 7);
    assertThat(b.improved(warm).beta(0)).isZero();
    assertThat(
            round(Adaptation.start(Ladder.of(1, 2)), new double[] {.4}, 9, 6).improved(cold).size())
        .isEqualTo(2);
  }

  @Test
  void phases_doubleAndEnd() {
    Adaptation a = Adaptation.start(Ladder.of(1, 2));
    assertThat(a.phaseDone(PLAN)).isFalse();
    a = round(round(a, new double[] {.2}, 5, 4), new double[] {.2}, 5, 4);
    assertThat(a.phaseDone(PLAN)).isTrue();
    assertThat(a.done(PLAN)).isFalse();
    assertThat(PLAN.roundsOf(2)).isEqualTo(8);
    assertThat(PLAN.totalRounds()).isEqualTo(14);
    assertThat(AdaptationPlan.within(700, 1).totalRounds()).isEqualTo(70);
    assertThat(AdaptationPlan.NONE.totalRounds()).isZero();
  }
}
