package io.modeldiff.replica.flat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.core.lm.TableLanguageModel;
import io.modeldiff.core.space.InputSpace;
import org.junit.jupiter.api.Test;

class FlatHistogramTest {
  private static final InputSpace SPACE = InputSpace.all(6, new int[] {0}, 4);
  private static final TableLanguageModel MODEL = new TableLanguageModel(4, 1.4, 9);

  @Test
  void visited_allBins_halvesTheFactorThenFollowsOneOverTime() {
    FlatHistogram flat = FlatHistogram.over(0, 1, 0.5, 1);
    assertThat(flat.bins()).isEqualTo(4);
    double[] everywhere = {-0.1, 0.2, 0.7, 1.0};
    flat = flat.visited(everywhere, 1);
    assertThat(flat.following()).isTrue(); // a half lies below bins/visits = 1
    assertThat(flat.factor()).isEqualTo(1.0);
    flat = flat.visited(everywhere, 1);
    assertThat(flat.factor()).isEqualTo(0.5);
    assertThat(flat.flatness()).isEqualTo(1.0);
    assertThat(flat.bias().at(0.3)).isEqualTo(0.0);
  }

  @Test
  void visited_binFoundLate_startsAtTheLowestKnownWeight() {
    FlatHistogram flat = FlatHistogram.over(0, 1, 0.5, 1);
    for (int i = 0; i < 10; i++) {
      flat = flat.visited(new double[] {0.2}, 1);
    }
    double before = flat.bias().at(0.2);
    assertThat(flat.bias().at(0.7)).isEqualTo(before);
    flat = flat.visited(new double[] {0.7}, 1);
    assertThat(flat.found(2)).isTrue();
    assertThat(flat.bias().at(0.7) - flat.bias().at(0.2)).isCloseTo(-flat.factor(), within(0.51));
  }

  @Test
  void run_tableModel_learnsTheDensityOfStates() {
    FlatPlan plan = FlatPlan.of(31, 1.0, 0.5, 2.4, 0.1, 200, 400_000);
    FlatRun run = LocalFlat.run(MODEL, SPACE, plan);
    double[] exact = new double[run.histogram().bins()];
    for (int[] x : TableLanguageModel.enumerate(SPACE)) {
      exact[run.histogram().bin(MODEL.energy(SPACE, x) / 6)]++;
    }
    double[] estimate = new double[exact.length];
    for (int i = 0; i < run.energies().length; i++) {
      for (double e : run.energies()[i]) {
        estimate[run.histogram().bin(e / 6)] += Math.exp(run.logCount(e));
      }
    }
    for (int b = 0; b < exact.length; b++) {
      if (exact[b] > 30) {
        assertThat(estimate[b] / exact[b]).as("bin %d, seed 31", b).isCloseTo(1, within(0.15));
      }
    }
    assertThat(run.evaluations()).isBetween(400_000.0, 410_000.0);
  }
}
