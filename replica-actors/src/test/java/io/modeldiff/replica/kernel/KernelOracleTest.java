package io.modeldiff.replica.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.core.lm.TableLanguageModel;
import io.modeldiff.core.random.KeyedRandom;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.replica.ladder.Ladder;
import io.modeldiff.replica.schedule.Bias;
import io.modeldiff.replica.schedule.Schedule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kernel against the enumerated transition matrix of its definition, V = N = 3. */
class KernelOracleTest {
  private static final int MOVES = 4_000;
  // A z-score that a right kernel passes in all but a few in a million of the rows.
  private static final double LIMIT = 5;
  private static final long SEED = 20_261;
  private static final Ladder LADDER = Ladder.of(0.6, 1.7);
  private static final InputSpace PREFIXED = InputSpace.all(3, new int[] {0}, 3);
  private static final InputSpace UNSCORED_FIRST = InputSpace.all(3, new int[] {}, 3);
  private static final InputSpace SOME_ALLOWED =
      new InputSpace(3, new int[] {3}, new int[] {0, 1, 3}, 4);
  private static final Bias STEPS =
      new Bias(new double[] {0.7, 1.3}, new double[] {Double.NEGATIVE_INFINITY, 0.4, -0.5});

  static Stream<Arguments> cases() {
    return Arrays.stream(KernelName.values())
        .flatMap(
            k ->
                Stream.of(
                    Arguments.of(k, PREFIXED, 0, Bias.NONE),
                    Arguments.of(k, PREFIXED, 1, Bias.NONE),
                    Arguments.of(k, UNSCORED_FIRST, 1, Bias.NONE),
                    Arguments.of(k, SOME_ALLOWED, 0, Bias.NONE),
                    Arguments.of(k, PREFIXED, 1, STEPS)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void move_enumeratedSpace_matrixIsReversibleAndTransitionsFollowIt(
      KernelName name, InputSpace space, int rung, Bias bias) {
    TableLanguageModel model = new TableLanguageModel(space.vocabulary(), 1.2, SEED);
    Schedule schedule = Schedule.of(LADDER).withBias(bias);
    TransitionOracle oracle = new TransitionOracle(model, space, schedule, rung);
    double[][] p = oracle.matrix(name, 0);
    assertThat(oracle.detailedBalanceError(p)).isLessThan(1e-10);
    assertThat(oracle.stationarityError(p)).isLessThan(1e-10);
    double[] scores = scores(Kernel.of(name), model, space, schedule, rung, oracle, p);
    assertThat(Arrays.stream(scores).max().orElseThrow())
        .as("largest z-score over start states, seed %d", SEED)
        .isLessThan(LIMIT);
  }

  @ParameterizedTest
  @EnumSource(
      value = KernelName.class,
      names = {"GIBBS"},
      mode = EnumSource.Mode.EXCLUDE)
  void matrix_wrongAcceptanceRatio_failsTheSameChecks(KernelName name) {
    TableLanguageModel model = new TableLanguageModel(3, 1.2, SEED);
    TransitionOracle oracle = new TransitionOracle(model, PREFIXED, Schedule.of(LADDER), 1);
    double[][] wrong = oracle.matrix(name, 0.8);
    assertThat(oracle.detailedBalanceError(wrong)).isGreaterThan(1e-4);
    assertThat(oracle.stationarityError(wrong)).isGreaterThan(1e-4);
    double[] scores =
        scores(Kernel.of(name), model, PREFIXED, Schedule.of(LADDER), 1, oracle, wrong);
    assertThat(Arrays.stream(scores).max().orElseThrow()).isGreaterThan(LIMIT);
  }

  /** A suffix move that forgets its acceptance ratio. */
  private static final class AlwaysAccepting implements Kernel {
    @Override
    public boolean needsNormalizers() {
      return true;
    }

    @Override
    public Moved move(Lanes state, int[] lanes, MoveKey key) {
      int length = state.space().length();
      int cut = key.shared().below(length);
      KeyedRandom[] random = key.lanes(lanes);
      double[][] uniforms = new double[lanes.length][];
      Arrays.setAll(uniforms, b -> random[b].uniforms(length - cut));
      Draft draft = state.redraw(lanes, cut, length, uniforms);
      return Moved.decide(draft, new double[lanes.length], random);
    }
  }

  @Test
  void move_kernelWithoutItsRatio_isCaught() {
    TableLanguageModel model = new TableLanguageModel(3, 1.2, SEED);
    Schedule schedule = Schedule.of(LADDER);
    TransitionOracle oracle = new TransitionOracle(model, PREFIXED, schedule, 1);
    double[][] p = oracle.matrix(KernelName.SUFFIX, 0);
    double[] scores = scores(new AlwaysAccepting(), model, PREFIXED, schedule, 1, oracle, p);
    assertThat(Arrays.stream(scores).max().orElseThrow()).isGreaterThan(LIMIT);
  }

  private static double[] scores(
      Kernel kernel,
      TableLanguageModel model,
      InputSpace space,
      Schedule schedule,
      int rung,
      TransitionOracle oracle,
      double[][] p) {
    return TransitionCounts.scores(kernel, model, space, schedule, rung, oracle, p, MOVES, SEED);
  }
}
