package io.modeldiff.analysis.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.analysis.reweighting.Rungs;
import io.modeldiff.analysis.reweighting.SmcWeights;
import io.modeldiff.analysis.toy.ToyPair;
import io.modeldiff.analysis.toy.ToySampler;
import io.modeldiff.core.space.NllRange;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The estimators against exact enumeration. */
class ComparisonTest {
  private static final double[] LADDER = {1.0, 0.7, 0.4, 0.0};
  private static final ToyPair PAIR = new ToyPair(7, 5, 6, 1.0, 0.35);
  private static final NllRange Z =
      new NllRange(PAIR.quantileA(0.02) + 1e-4, PAIR.quantileA(0.25) + 1e-4);
  private static final ComparisonSpec SPEC = new ComparisonSpec(6, Z, 0.0, 0.02);

  private static CampaignInput tempering(boolean a, int steps, boolean scoreAll, long seed) {
    SampleBatch batch = ToySampler.chains(PAIR, a, LADDER, -1, 16, steps, 0.5, scoreAll, Z, seed);
    return CampaignInput.tempering(List.of(batch), Rungs.of(LADDER), 16, 6, 0.0);
  }

  private static CampaignInput smc(boolean a, int particles, long seed) {
    double[] beta = {1.0, 0.6};
    double[][] logZ = new double[2][16];
    SampleBatch batch = ToySampler.smc(PAIR, a, beta, 16, particles, logZ, Z, seed);
    return CampaignInput.of(
        List.of(batch), SmcWeights.of(beta, logZ, new int[] {particles, particles}));
  }

  private static List<CountEstimate> counts(ComparisonResult r) {
    return List.of(
        r.countA(),
        r.countB(),
        r.countAB(),
        r.terms().pdAB(),
        r.terms().paAB(),
        r.terms().paBA(),
        r.terms().pdBA());
  }

  private static void assertNearTruth(ComparisonResult r, double lambda) {
    long[] truth = PAIR.truth(Z, lambda);
    List<CountEstimate> counts = counts(r);
    for (int i = 0; i < 7; i++) {
      CountEstimate e = counts.get(i);
      assertThat(e.relSe()).as("relative error of quantity %s", i).isBetween(1e-4, 0.06);
      assertThat((known(e.log()) - Math.log(truth[i])) / known(e.relSe()))
          .as("quantity %s: %s against %s", i, Math.exp(known(e.log())), truth[i])
          .isBetween(-4.0, 4.0);
    }
  }

  @Test
  void of_temperingCampaigns_countsAndTermsNearTruth() {
    ComparisonResult r =
        Comparison.of(tempering(true, 400, false, 1), tempering(false, 400, false, 2), SPEC);
    assertThat(r.jointlyPooled()).isFalse();
    assertNearTruth(r, 0);
    assertThat(r.remarks()).isEmpty();
  }

  @Test
  void of_everythingCrossScored_poolsJointlyAndStaysNearTruth() {
    ComparisonSpec spec = new ComparisonSpec(6, Z, 0.05, 0.02);
    ComparisonResult r =
        Comparison.of(tempering(true, 400, true, 3), tempering(false, 400, true, 4), spec);
    assertThat(r.jointlyPooled()).isTrue();
    assertNearTruth(r, 0.05);
  }

  @Test
  void of_smcAgainstTempering_countsAndTermsNearTruth() {
    ComparisonResult r = Comparison.of(smc(true, 1500, 5), tempering(false, 400, false, 6), SPEC);
    assertNearTruth(r, 0);
    assertNearTruth(Comparison.of(smc(true, 1500, 7), smc(false, 1500, 8), SPEC), 0);
  }

  @Test
  void of_histogramsAndSweep_addUpToCounts() {
    ComparisonResult r =
        Comparison.of(tempering(true, 100, false, 9), tempering(false, 100, false, 10), SPEC);
    assertThat(total(r.histogramAB())).isCloseTo(Math.exp(known(r.countA().log())), within(1e-6));
    assertThat(total(r.histogramBA())).isCloseTo(Math.exp(known(r.countB().log())), within(1e-6));
    assertThat(total(r.rhoA())).isCloseTo(Math.exp(known(r.countA().log())), within(1e-6));
    assertThat(total(r.rhoB())).isCloseTo(Math.exp(known(r.countB().log())), within(1e-6));
    assertThat(r.sweep().get(0).at()).isZero();
    assertSame(r.sweep().get(0).terms().pdAB(), r.terms().pdAB());
    assertSame(r.sweep().get(0).terms().pdBA(), r.terms().pdBA());
    assertSame(r.upperEdges().get(r.upperEdges().size() - 1).terms().paBA(), r.terms().paBA());
    assertThat(r.histogramAB().edges()[0]).isLessThanOrEqualTo(known(r.rangeAB().min()));
    for (double edge : r.histogramAB().edges()) {
      assertThat(edge / 0.02).isCloseTo(Math.rint(edge / 0.02), within(1e-9));
    }
  }

  private static void assertSame(CountEstimate x, CountEstimate y) {
    assertThat(x.log()).isCloseTo(known(y.log()), within(1e-10));
    assertThat(x.relSe()).isCloseTo(known(y.relSe()), within(1e-8));
  }

  @Test
  void sweep_everyLambda_equalsAComparisonAtThatLambda() {
    CampaignInput a = tempering(true, 60, false, 11);
    CampaignInput b = tempering(false, 60, false, 12);
    ComparisonResult r = Comparison.of(a, b, SPEC);
    for (int m : new int[] {1, 3, 7}) {
      ComparisonResult at = Comparison.of(a, b, new ComparisonSpec(6, Z, m * 0.02, 0.02));
      assertSame(r.sweep().get(m).terms().pdAB(), at.terms().pdAB());
      assertSame(r.sweep().get(m).terms().paAB(), at.terms().paAB());
      assertSame(r.sweep().get(m).terms().paBA(), at.terms().paBA());
      assertSame(r.sweep().get(m).terms().pdBA(), at.terms().pdBA());
    }
  }

  private static double total(Histogram h) {
    return h.bins().stream()
        .filter(CountEstimate::observed)
        .mapToDouble(e -> Math.exp(known(e.log())))
        .sum();
  }

  @Test
  void of_pooledRatio_isNoWorseThanAbsolute_andBothThanR3() {
    double pooled = 0;
    double absolute = 0;
    double r3 = 0;
    long[] t = PAIR.truth(Z, 0);
    double exact = Math.log((double) t[5] / t[3]);
    for (int seed = 0; seed < 20; seed++) {
      ComparisonResult r =
          Comparison.of(
              tempering(true, 60, false, 100 + seed),
              tempering(false, 60, false, 900 + seed),
              SPEC);
      pooled += square(Math.log(known(r.pooled().terms().get(2).value())) - exact);
      absolute += square(Math.log(known(r.absolute().terms().get(2).value())) - exact);
      r3 += square(Math.log(known(r.r3().terms().get(2).value())) - exact);
    }
    assertThat(pooled).isLessThan(absolute);
    assertThat(absolute).isLessThan(1.5 * r3);
  }

  private static double known(@Nullable Double value) {
    return java.util.Objects.requireNonNull(value);
  }

  private static double square(double x) {
    return x * x;
  }

  @Test
  void of_modelsThatBarelyOverlap_givesBoundsAndNoR3() {
    ToyPair far = new ToyPair(3, 5, 6, 1.2, 2.5);
    float[] sorted = far.zA.clone();
    java.util.Arrays.sort(sorted);
    NllRange low = new NllRange(0.0, sorted[60] + 1e-6);
    long[] truth = far.truth(low, 0);
    assertThat(truth[2]).as("the pair must hardly overlap").isLessThan(3);
    ComparisonSpec spec = new ComparisonSpec(6, low, 0, 0.02);
    SampleBatch a = ToySampler.chains(far, true, new double[] {1}, -1, 16, 300, 0, false, low, 1);
    SampleBatch b = ToySampler.chains(far, false, new double[] {1}, -1, 16, 300, 0, false, low, 2);
    ComparisonResult r =
        Comparison.of(
            CampaignInput.tempering(List.of(a), Rungs.of(1), 16, 6, 0),
            CampaignInput.tempering(List.of(b), Rungs.of(1), 16, 6, 0),
            spec);
    assertThat(r.countA().observed()).isTrue();
    assertThat(r.r3().terms().get(2).value()).isNull();
    assertThat(r.r3().terms().get(3).value()).isNull();
    for (int i = 0; i < 7; i++) {
      CountEstimate e = counts(r).get(i);
      if (!e.observed()) {
        assertThat(e.log10()).isNull();
        assertThat(Math.exp(known(e.logUpper()))).isGreaterThanOrEqualTo(truth[i]);
      }
    }
    assertThat(counts(r).stream().filter(e -> !e.observed())).isNotEmpty();
    assertThat(r.remarks()).anyMatch(s -> s.contains("not estimable"));
  }
}
