package io.modeldiff.analysis.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.analysis.reweighting.Rungs;
import io.modeldiff.analysis.toy.ToyPair;
import io.modeldiff.analysis.toy.ToySampler;
import io.modeldiff.core.space.NllRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Appendix B of the paper, corpora, and the matrix. */
class SeveralModelsTest {
  private static final ToyPair PAIR = new ToyPair(7, 5, 6, 1.0, 0.35);
  private static final NllRange Z =
      new NllRange(PAIR.quantileA(0.02) + 1e-4, PAIR.quantileA(0.25) + 1e-4);
  private static final double[] LADDER = {1.0, 0.5};

  private static CampaignInput campaign(boolean a, long seed) {
    return CampaignInput.tempering(
        List.of(ToySampler.chains(PAIR, a, LADDER, -1, 16, 300, 0.3, false, Z, seed)),
        Rungs.of(LADDER),
        16,
        6,
        0);
  }

  @Test
  void byReference_appendixB_agreesWithExactAndAbsolute() {
    ComparisonResult r =
        Comparison.of(campaign(true, 1), campaign(false, 2), new ComparisonSpec(6, Z, 0, 0.02));
    long[] truth = PAIR.truth(Z, 0);
    ComparisonResult.ByReference by = Objects.requireNonNull(r.byReference());
    near(by.paBA(), truth[5]);
    near(by.pdBA(), truth[6]);
    ComparisonResult.RatioTerm pd = r.shares().pdAB();
    double exact = (double) truth[3] / truth[0];
    assertThat((Objects.requireNonNull(pd.value()) - exact) / Objects.requireNonNull(pd.se()))
        .isBetween(-4.0, 4.0);
    ModelMatrix m = ModelMatrix.of(List.of("a", "b"), List.of(new ModelMatrix.Pair(0, 1, r)));
    assertThat(m.disagreement().get(0).get(1)).isEqualTo(pd);
    assertThat(m.disagreement().get(1).get(0)).isEqualTo(r.shares().pdBA());
    assertThat(m.disagreement().get(0).get(0)).isNull();
  }

  private static void near(CountEstimate e, long exact) {
    assertThat(
            (Objects.requireNonNull(e.log()) - Math.log(exact)) / Objects.requireNonNull(e.relSe()))
        .isBetween(-4.0, 4.0);
  }

  @Test
  void corpus_ofAllInputs_equalsEnumeration_andRepeatsCountOnce() {
    List<String> keys = new ArrayList<>();
    double[] zA = new double[PAIR.size + 10];
    double[] zB = new double[PAIR.size + 10];
    for (int x = 0; x < zA.length; x++) {
      int text = x % PAIR.size;
      keys.add("" + text);
      zA[x] = PAIR.zA[text];
      zB[x] = PAIR.zB[text];
    }
    CorpusComparison c = CorpusComparison.of(keys, zA, zB, new ComparisonSpec(6, Z, 0.05, 0.02));
    long[] truth = PAIR.truth(Z, 0.05);
    assertThat(c.texts()).isEqualTo(PAIR.size);
    assertThat(List.of(c.countA(), c.countB(), c.countAB()))
        .containsExactly(truth[0], truth[1], truth[2]);
    assertThat(c.terms()).containsExactly(truth[3], truth[4], truth[5], truth[6]);
    long sum = 0;
    for (long n : c.histogramAB().counts()) {
      sum += n;
    }
    assertThat(sum).isEqualTo(truth[0]);
  }
}
