package io.modeldiff.analysis.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.analysis.reweighting.Rungs;
import io.modeldiff.analysis.toy.ToyPair;
import io.modeldiff.analysis.toy.ToySampler;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Appendix B of the paper, and corpora as input spaces. */
class SeveralModelsTest {
  private static final ToyPair PAIR = new ToyPair(7, 5, 6, 1.0, 0.35);
  private static final NllRange Z =
      new NllRange(PAIR.quantileA(0.02) + 1e-4, PAIR.quantileA(0.25) + 1e-4);
  private static final InputSpace SPACE =
      new InputSpace(6, new int[] {5}, new int[] {0, 1, 2, 3, 4}, 8);
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
  }

  private static void near(CountEstimate e, long exact) {
    assertThat(
            (Objects.requireNonNull(e.log()) - Math.log(exact)) / Objects.requireNonNull(e.relSe()))
        .isBetween(-4.0, 4.0);
  }

  @Test
  void corpus_ofAllInputs_equalsEnumeration_andRepeatsCountOnce() {
    CorpusInputs inputs = CorpusInputs.of(texts(PAIR.size + 10), SPACE, 100, false);
    assertThat(inputs.ids()).hasSize(PAIR.size);
    assertThat(inputs.repeats()).isEqualTo(10);
    assertThat(inputs.at().get(PAIR.size - 1)).isEqualTo(PAIR.size - 1);
    CorpusComparison c =
        CorpusComparison.of(
            doubles(PAIR.zA), doubles(PAIR.zB), new ComparisonSpec(6, Z, 0.05, 0.02), false);
    long[] truth = PAIR.truth(Z, 0.05);
    assertThat(c.texts()).isEqualTo(PAIR.size);
    assertThat(List.of(c.countA(), c.countB(), c.countAB()))
        .containsExactly(truth[0], truth[1], truth[2]);
    assertThat(c.terms()).containsExactly(truth[3], truth[4], truth[5], truth[6]);
    assertThat(Arrays.stream(c.histogramAB().counts()).sum()).isEqualTo(truth[0]);
  }

  @Test
  void corpus_ofAnyZ_comparesAllTexts_andStillSaysHowManyLieInZ() {
    CorpusComparison c =
        CorpusComparison.of(
            doubles(PAIR.zA), doubles(PAIR.zB), new ComparisonSpec(6, Z, 0, 0.02), true);
    assertThat(c.countA()).isEqualTo(PAIR.truth(Z, 0)[0]);
    assertThat(Arrays.stream(c.histogramAB().counts()).sum()).isEqualTo(PAIR.size);
    assertThat(c.terms().get(0) + c.terms().get(1) + c.tiesAB()).isEqualTo(PAIR.size);
    assertThat(c.terms().get(2)).isEqualTo(c.terms().get(0));
  }

  @Test
  void corpusInputs_cutToN_leavesOutShorterTexts_andCountsEqualBeginningsOnce() {
    List<int[]> texts =
        List.of(
            new int[] {0, 1, 2, 3, 4, 0, 3},
            new int[] {0, 1, 2, 3, 4, 0, 4},
            new int[] {0, 1, 2, 3, 4},
            new int[] {},
            new int[] {0, 1, 2, 3, 4, 7});
    CorpusInputs cut = CorpusInputs.of(texts, SPACE, 100, true);
    assertThat(cut.ids()).containsExactly(new int[] {0, 1, 2, 3, 4, 0});
    assertThat(List.of(cut.repeats(), cut.tooShort(), cut.outside())).containsExactly(1, 2, 1);
    CorpusInputs whole = CorpusInputs.of(texts, SPACE, 6, false);
    assertThat(whole.at()).containsExactly(2);
    assertThat(List.of(whole.tooLong(), whole.tooShort(), whole.outside()))
        .containsExactly(2, 1, 1);
    assertThat(whole.read()).isEqualTo(5);
  }

  private static List<int[]> texts(int count) {
    List<int[]> texts = new ArrayList<>();
    for (int x = 0; x < count; x++) {
      int[] digits = new int[PAIR.length];
      int rest = x % PAIR.size;
      for (int i = digits.length - 1; i >= 0; i--) {
        digits[i] = rest % PAIR.vocabulary;
        rest /= PAIR.vocabulary;
      }
      texts.add(digits);
    }
    return texts;
  }

  private static double[] doubles(float[] z) {
    double[] out = new double[z.length];
    Arrays.setAll(out, i -> z[i]);
    return out;
  }
}
