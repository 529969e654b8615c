package io.modeldiff.web.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.analysis.comparison.ComparisonSpec;
import io.modeldiff.core.lm.TableLanguageModel;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import io.modeldiff.core.work.WorkMonitor;
import io.modeldiff.web.result.Bridge;
import io.modeldiff.web.result.Count;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Two peaked random models over 4^6 sequences that hardly share an input, against enumeration. */
class BridgeRunTest {
  private static final long SEED = 7;
  private static final InputSpace SPACE = InputSpace.all(6, new int[] {0}, 4);
  private static final ComparisonSpec ASKED =
      new ComparisonSpec(6, new NllRange(0.6, 1.1), 0.1, 0.05);

  /** |X_A|, |X_B|, |X_A ∩ X_B|, PD_AB, PA_AB, PA_BA, PD_BA. */
  private static long[] exact(TableLanguageModel a, TableLanguageModel b) {
    int n = 1 << 12;
    int[][] all = new int[n][6];
    for (int i = 0; i < n; i++) {
      for (int p = 0; p < 6; p++) {
        all[i][p] = i >> (2 * p) & 3;
      }
    }
    double[] energyA = a.energies(SPACE, all);
    double[] energyB = b.energies(SPACE, all);
    long[] counts = new long[7];
    for (int i = 0; i < n; i++) {
      float zA = (float) (energyA[i] / 6);
      float zB = (float) (energyB[i] / 6);
      double d = (double) zA - zB;
      boolean inA = ASKED.range().contains(zA);
      boolean inB = ASKED.range().contains(zB);
      boolean[] in = {
        inA,
        inB,
        inA && inB,
        inA && d < -ASKED.lambda(),
        inA && d > ASKED.lambda(),
        inB && d < -ASKED.lambda(),
        inB && d > ASKED.lambda()
      };
      for (int q = 0; q < 7; q++) {
        counts[q] += in[q] ? 1 : 0;
      }
    }
    return counts;
  }

  @Test
  void of_modelsThatHardlyAgree_measuresEveryCountAndCloses() {
    TableLanguageModel a = new TableLanguageModel(4, 1.5, 21);
    TableLanguageModel b = new TableLanguageModel(4, 1.5, 22);
    long[] exact = exact(a, b);
    assertThat(exact[2]).as("a rare agreement").isBetween(3L, exact[0] / 5);
    Bridge bridge = BridgeRun.of(a, b, SPACE, ASKED, 100_000, SEED, WorkMonitor.silent());
    List<Count> counts =
        List.of(
            bridge.countA(),
            bridge.countB(),
            bridge.countAB(),
            bridge.terms().pdAB(),
            bridge.terms().paAB(),
            bridge.terms().paBA(),
            bridge.terms().pdBA());
    for (int q = 0; q < 7; q++) {
      double log = Objects.requireNonNull(counts.get(q).log10()) * Math.log(10);
      double se = Objects.requireNonNull(counts.get(q).relSe());
      assertThat(se).as("quantity %d", q).isLessThan(0.3);
      assertThat(Math.abs(log - Math.log(exact[q])))
          .as("quantity %d, exact %d, seed %d", q, exact[q], SEED)
          .isLessThan(4 * se + 1e-3);
    }
    assertThat(bridge.closed()).isTrue();
  }
}
