package io.modeldiff.replica.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.core.lm.TinyGpt2;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.replica.ladder.Ladder;
import io.modeldiff.replica.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kernels on a real GPT-2 of two layers: all sequences of three of its four tokens. */
class TinyGpt2OracleTest {
  private static final long SEED = 20261122;
  private static final int MOVES = 600;
  private static final double LIMIT = 5;
  private static final double WRONG = 0.8;
  private static final Schedule SCHEDULE = Schedule.of(Ladder.of(0.6, 2.5));
  private static final InputSpace SPACE = new InputSpace(3, new int[] {3}, new int[] {0, 1, 2}, 4);

  @TempDir static Path folder;
  private static LanguageModel model;
  private static TransitionOracle oracle;

  @BeforeAll
  static void load() throws IOException {
    Path directory = TinyGpt2.write(folder.resolve("tiny"), 4, 2, SEED);
    model = ModelLoader.load(ModelDirectory.open(directory), new LoadOptions("cpu", "f32"));
    Map<String, double[]> known = new HashMap<>();
    TransitionOracle.Rows rows =
        (context, length) -> {
          int[] input = Arrays.copyOf(context, length);
          return known.computeIfAbsent(Arrays.toString(input), k -> last(model.forward(input)));
        };
    oracle = new TransitionOracle(model, rows, SPACE, SCHEDULE, 1);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static double[] last(float[][] rows) {
    float[] row = rows[rows.length - 1];
    double[] out = new double[row.length];
    Arrays.setAll(out, i -> row[i]);
    return out;
  }

  /** The larger of the worst start state's z-score and that of all start states together. */
  private static double worst(KernelName name, double[][] p, int moves) {
    double[] scores =
        TransitionCounts.scores(Kernel.of(name), model, SPACE, SCHEDULE, 1, oracle, p, moves, SEED);
    double together = Arrays.stream(scores).sum() / Math.sqrt(scores.length);
    return Math.max(together, Arrays.stream(scores).max().orElseThrow());
  }

  @Test
  void states_areFarFromEquallyLikely() {
    assertThat(Arrays.stream(oracle.pi).max().orElseThrow()).isGreaterThan(0.15);
    assertThat(oracle.states).hasSize(27);
  }

  @ParameterizedTest
  @EnumSource(KernelName.class)
  void move_realModel_matrixIsReversibleAndTransitionsFollowIt(KernelName name) {
    double[][] p = oracle.matrix(name, 0);
    assertThat(oracle.detailedBalanceError(p)).isLessThan(1e-10);
    assertThat(oracle.stationarityError(p)).isLessThan(1e-10);
    assertThat(worst(name, p, MOVES)).as("largest z-score").isLessThan(LIMIT);
  }

  @ParameterizedTest
  @EnumSource(
      value = KernelName.class,
      names = {"GIBBS"},
      mode = EnumSource.Mode.EXCLUDE)
  void matrix_wrongAcceptanceRatio_failsTheSameChecks(KernelName name) {
    double[][] wrong = oracle.matrix(name, WRONG);
    assertThat(oracle.detailedBalanceError(wrong)).isGreaterThan(1e-5);
    assertThat(oracle.stationarityError(wrong)).isGreaterThan(1e-5);
    // Where nearly every move is accepted a wrong ratio shows only in many of them.
    boolean rarelyRefused = name == KernelName.SUFFIX || name == KernelName.WINDOW;
    assertThat(worst(name, wrong, rarelyRefused ? 6 * MOVES : MOVES)).isGreaterThan(LIMIT);
  }
}
