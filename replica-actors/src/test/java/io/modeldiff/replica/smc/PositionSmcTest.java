package io.modeldiff.replica.smc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.core.lm.TableLanguageModel;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionSmcTest {
  private static final long SEED = 71;
  private static final InputSpace SPACE = InputSpace.all(7, new int[] {0}, 4);
  private static final TableLanguageModel MODEL = new TableLanguageModel(4, 1.2, 3);

  private static double exactLogZ(InputSpace space, double beta) {
    LogSum sum = new LogSum();
    for (int[] x : TableLanguageModel.enumerate(space)) {
      sum.add(-beta * MODEL.energy(space, x));
    }
    return sum.log();
  }

  private static List<SmcResult> replicates(InputSpace space, double beta, int count, int m) {
    List<SmcResult> all = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      all.add(PositionSmc.run(MODEL, space, new SmcSpec(SEED, 0, beta, m), r));
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, 0.5, 1.0, 1.5, 4.0})
  void run_manySmallReplicates_normaliserIsUnbiased(double beta) {
    int count = 400;
    List<SmcResult> all = replicates(SPACE, beta, count, 20);
    double truth = exactLogZ(SPACE, beta);
    double mean = 0;
    double square = 0;
    for (SmcResult r : all) {
      double relative = Math.exp(r.logZ() - truth);
      mean += relative / count;
      square += relative * relative / count;
    }
    double se = Math.sqrt(Math.max(square - mean * mean, 0) / count);
    assertThat(mean).as("seed %d", SEED).isCloseTo(1, within(4.5 * se + 1e-9));
    if (beta == 4.0) {
      assertThat(all.stream().mapToInt(SmcResult::resamplings).sum()).isPositive();
    }
  }

  @Test
  void run_modelItself_normaliserIsExact() {
    assertThat(replicates(SPACE, 1.0, 1, 50).get(0).logZ()).isCloseTo(0, within(1e-12));
    InputSpace bare = InputSpace.all(7, new int[] {}, 4);
    assertThat(replicates(bare, 1.0, 1, 50).get(0).logZ()).isCloseTo(Math.log(4), within(1e-12));
  }

  @Test
  void logCount_range_agreesWithEnumeration() {
    NllRange range = new NllRange(0.3, 0.8);
    long truth =
        TableLanguageModel.enumerate(SPACE).stream()
            .filter(x -> range.contains(MODEL.energy(SPACE, x) / 7))
            .count();
    List<SmcResult> all = replicates(SPACE, 1.5, 40, 400);
    double mean =
        all.stream().mapToDouble(r -> Math.exp(r.logCount(range, 7))).average().orElseThrow();
    assertThat(truth).isPositive();
    assertThat(mean / truth).as("seed %d", SEED).isCloseTo(1, within(0.05));
    assertThat(all.get(0).logZAt(1.7)).isCloseTo(exactLogZ(SPACE, 1.7), within(0.2));
  }

  @Test
  void advance_restoredInTheMiddle_givesTheSameBits() {
    SmcSpec spec = new SmcSpec(SEED, 0, 4.0, 20);
    int replicate = 0;
    while (PositionSmc.run(MODEL, SPACE, spec, replicate).resamplings() == 0) {
      replicate++;
    }
    SmcResult whole = PositionSmc.run(MODEL, SPACE, spec, replicate);
    SmcState state = new SmcState(0, new int[20][0], new double[20], new double[20], 0, 0, 0);
    while (state.position() < SPACE.length()) {
      try (PositionSmc restored = new PositionSmc(MODEL, SPACE, spec, replicate)) {
        state = restored.advance(state);
        if (state.position() == SPACE.length()) {
          assertThat(restored.finish(state)).usingRecursiveComparison().isEqualTo(whole);
        }
      }
    }
    assertThat(whole.positions()).isEqualTo(20L * 7);
  }

  @Test
  void run_otherReplicate_isIndependent() {
    List<SmcResult> two = replicates(SPACE, 1.5, 2, 50);
    assertThat(two.get(0).tokens()).isNotEqualTo(two.get(1).tokens());
  }

  @Test
  void ancestors_systematic_copiesByWeight() {
    double[] log = {Math.log(0.5), Math.log(0.25), Double.NEGATIVE_INFINITY, Math.log(0.25)};
    assertThat(Resampling.ancestors(log, 0.5)).containsExactly(0, 0, 1, 3);
    assertThat(Resampling.effective(log)).isCloseTo(1 / 0.375, within(1e-12));
  }
}
