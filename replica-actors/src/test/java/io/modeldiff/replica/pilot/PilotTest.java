package io.modeldiff.replica.pilot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.core.lm.TableLanguageModel;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import io.modeldiff.replica.smc.PositionSmc;
import io.modeldiff.replica.smc.SmcResult;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PilotTest {
  private static final InputSpace SPACE = InputSpace.all(8, new int[] {0}, 5);
  private static final TableLanguageModel MODEL = new TableLanguageModel(5, 1.3, 12);

  private static List<List<SmcResult>> search(PilotSpec spec) {
    List<List<SmcResult>> done = new ArrayList<>();
    OptionalDouble beta = Pilot.next(spec, done);
    while (beta.isPresent()) {
      List<SmcResult> replicates = new ArrayList<>();
      for (int r = 0; r < spec.replicates(); r++) {
        replicates.add(PositionSmc.run(MODEL, SPACE, spec.population(beta.getAsDouble()), r));
      }
      done.add(replicates);
      beta = Pilot.next(spec, done);
    }
    return done;
  }

  private static PilotReport report(double low, double high) {
    PilotSpec spec = PilotSpec.standard(8, new NllRange(low, high), SPACE.scored(), 100_000);
    return Pilot.report(spec, search(spec));
  }

  private static double exactMean(double beta) {
    double z = 0;
    double mean = 0;
    for (int[] x : TableLanguageModel.enumerate(SPACE)) {
      double e = MODEL.energy(SPACE, x);
      double w = Math.exp(-beta * e);
      z += w;
      mean += w * e / SPACE.scored();
    }
    return mean / z;
  }

  @Test
  void report_rangeBelowTheModelsOwn_ladderGoesColderJustPastBetaStar() {
    PilotReport report = report(0.4, 0.7);
    assertThat(report.reachable()).isTrue();
    assertThat(report.betaStar()).isGreaterThan(1);
    assertThat(exactMean(report.betaStar())).isCloseTo(0.7, within(0.05));
    assertThat(report.ladder().beta(0)).isEqualTo(1.0);
    double end = report.ladder().beta(report.ladder().size() - 1);
    assertThat(end).isGreaterThan(report.betaStar());
    assertThat(exactMean(end)).isGreaterThan(0.4);
    long truth =
        TableLanguageModel.enumerate(SPACE).stream()
            .filter(x -> new NllRange(0.4, 0.7).contains(MODEL.energy(SPACE, x) / 8))
            .count();
    assertThat(report.logCount()).isCloseTo(Math.log(truth), within(0.25));
    assertThat(report.smcEvaluations(0.01)).isGreaterThan(report.smcEvaluations(0.1));
  }

  @Test
  void report_rangeAboveTheModelsOwn_ladderGoesWarmerToBetaStar() {
    PilotReport report = report(1.0, 1.9);
    assertThat(report.betaStar()).isBetween(0.0, 0.95);
    assertThat(exactMean(report.betaStar())).isCloseTo(1.9, within(0.12));
    assertThat(report.ladder().homeEnd()).isEqualTo(report.ladder().size() - 1);
    assertThat(report.ladder().beta(0)).isCloseTo(report.betaStar(), within(1e-9));
    assertThat(report.warnings()).isEmpty();
  }

  @Test
  void report_rangeAboveEverything_endsAtTheUniformDistribution() {
    PilotReport report = report(1.0, 9.0);
    assertThat(report.betaStar()).isZero();
    assertThat(report.reachable()).isTrue();
  }

  @Test
  void report_rangeBelowEverySequence_saysThatItIsNotReached() {
    PilotReport report = report(0.001, 0.002);
    assertThat(report.reachable()).isFalse();
    assertThat(report.warningText()).contains("0.001:0.002 is not reached");
  }

  @Test
  void bimodal_twoSeparateModes_areSeenAndOneIsNot() {
    assertThat(mixture(0.0, 1.0, 0.1).bimodal()).isTrue();
    assertThat(mixture(0.0, 0.1, 0.1).bimodal()).isFalse();
    double[] even = new double[500];
    java.util.Arrays.setAll(even, i -> i / 500.0);
    assertThat(equallyWeighted(even).bimodal()).isFalse();
  }

  @Test
  void meanDifference_knownSample_isTheGiniMeanDifference() {
    WeightedNll nll = equallyWeighted(new double[] {1, 2, 4});
    assertThat(nll.meanDifference()).isCloseTo(2 * (1 + 3 + 2) / 9.0, within(1e-12));
    assertThat(nll.mean()).isCloseTo(7 / 3.0, within(1e-12));
  }

  private static WeightedNll mixture(double a, double b, double deviation) {
    java.util.SplittableRandom random = new java.util.SplittableRandom(4);
    double[] z = new double[2000];
    java.util.Arrays.setAll(z, i -> (i % 2 == 0 ? a : b) + deviation * random.nextGaussian());
    java.util.Arrays.sort(z);
    return equallyWeighted(z);
  }

  private static WeightedNll equallyWeighted(double[] z) {
    double[] w = new double[z.length];
    java.util.Arrays.fill(w, 1.0 / z.length);
    return new WeightedNll(z, w);
  }
}
