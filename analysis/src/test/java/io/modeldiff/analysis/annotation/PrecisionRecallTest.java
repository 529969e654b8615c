package io.modeldiff.analysis.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.analysis.comparison.CampaignInput;
import io.modeldiff.analysis.comparison.Comparison;
import io.modeldiff.analysis.comparison.ComparisonResult;
import io.modeldiff.analysis.comparison.ComparisonSpec;
import io.modeldiff.analysis.comparison.CountEstimate;
import io.modeldiff.analysis.comparison.Histogram;
import io.modeldiff.analysis.resampling.Jackknife;
import io.modeldiff.analysis.resampling.LaneGroups;
import io.modeldiff.analysis.reweighting.Rungs;
import io.modeldiff.analysis.toy.ToyPair;
import io.modeldiff.analysis.toy.ToySampler;
import io.modeldiff.core.annotation.AnnotationDesign;
import io.modeldiff.core.annotation.DesignStratum;
import io.modeldiff.core.annotation.Term;
import io.modeldiff.core.space.NllRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PrecisionRecallTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  /** Two bins with 300 and 100 inputs, known exactly. */
  private static Histogram fixed() {
    Jackknife exact = new Jackknife(new LaneGroups(4));
    List<double[]> replicates = new ArrayList<>();
    List<CountEstimate> bins = new ArrayList<>();
    for (double count : new double[] {300, 100}) {
      double[] logs = new double[5];
      Arrays.fill(logs, Math.log(count));
      replicates.add(logs);
      bins.add(CountEstimate.ofLogs(logs, exact, count, 4, 100));
    }
    return new Histogram(new double[] {-1, 0, 1}, bins, replicates, exact);
  }

  @Test
  void over_smallFixedSet_equalsHandComputation() {
    // r(negative) = (1 + 0.5 + 0)/3 = 0.5, r(positive) = (1 + 1)/2 = 1.
    List<AnnotatedItem> items =
        List.of(
            new AnnotatedItem(-0.7, 1),
            new AnnotatedItem(-0.2, 0.5),
            new AnnotatedItem(-0.1, 0),
            new AnnotatedItem(0.3, 1),
            new AnnotatedItem(0.9, 1));
    PrecisionRecall pr = new PrecisionRecall(fixed(), new double[] {-1, 0, 1}, items);
    PrecisionRecall.Figures negative = pr.over(-INF, 0);
    assertThat(known(negative.precision().value())).isCloseTo(0.5, within(1e-12));
    assertThat(known(negative.recall().value())).isCloseTo(150.0 / 250, within(1e-12));
    assertThat(Math.exp(known(negative.truePositives().log()))).isCloseTo(150, within(1e-9));
    PrecisionRecall.Figures all = pr.over(-INF, INF);
    assertThat(known(all.precision().value())).isCloseTo(250.0 / 400, within(1e-12));
    assertThat(all.rates()).hasSize(2);
    assertThat(known(all.precision().low())).isBetween(0.05, 0.5);
    assertThat(known(all.precision().high())).isBetween(0.75, 0.99);
  }

  @Test
  void over_allGood_staysBelowCertainty() {
    List<AnnotatedItem> items = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      items.add(new AnnotatedItem(i % 2 == 0 ? -0.5 : 0.5, 1));
    }
    Proportion p =
        new PrecisionRecall(fixed(), new double[] {-1, 0, 1}, items).over(-INF, INF).precision();
    assertThat(known(p.value())).isEqualTo(1);
    assertThat(known(p.low())).isBetween(0.75, 0.95);
    assertThat(known(p.high())).isEqualTo(1);
  }

  @Test
  void over_halfWithoutAnnotation_widensTheInterval() {
    List<AnnotatedItem> items = List.of(new AnnotatedItem(-0.5, 1), new AnnotatedItem(-0.4, 1));
    Proportion p =
        new PrecisionRecall(fixed(), new double[] {-1, 0, 1}, items).over(-INF, INF).precision();
    assertThat(p.unannotatedShare()).isCloseTo(0.25, within(1e-12));
    assertThat(known(p.low())).isLessThan(0.75);
    assertThat(
            new PrecisionRecall(fixed(), new double[] {-1, 0, 1}, items)
                .over(0, 1)
                .precision()
                .value())
        .isNull();
  }

  @Test
  void moreAnnotations_shrinksWithTheDifference() {
    Proportion a = Proportion.of(0.54, 0.54, 0.0025, 1e-5, 100, 0);
    Proportion b = Proportion.of(0.61, 0.61, 0.0025, 1e-5, 100, 0);
    Proportion c = Proportion.of(0.90, 0.90, 0.0025, 1e-5, 100, 0);
    long needed = Objects.requireNonNull(PrecisionRecall.moreAnnotations(a, b));
    assertThat(needed).isBetween(1000L, 3000L);
    assertThat(PrecisionRecall.moreAnnotations(a, c)).isZero();
    assertThat(PrecisionRecall.moreAnnotations(a, a)).isNull();
  }

  @Test
  void counts_ofStrataThatCutTheComparisonsBins_areThoseOfTheStrata() {
    ToyPair pair = new ToyPair(21, 5, 6, 1.0, 0.3);
    NllRange z = new NllRange(pair.quantileA(0.02) + 1e-4, pair.quantileA(0.25) + 1e-4);
    double[] ladder = {1.0, 0.5};
    double[] edges = {-INF, -0.013, 0.04, INF};
    AnnotationDesign design =
        new AnnotationDesign(
            "cut",
            "x",
            List.of(Term.PD_AB, Term.PA_AB),
            0,
            List.of(
                new DesignStratum("AB", null, -0.013),
                new DesignStratum("AB", -0.013, 0.04),
                new DesignStratum("AB", 0.04, null)),
            25,
            1,
            1,
            true,
            1,
            300);
    Histogram counts =
        AnnotationResults.counts(
                design,
                input(pair, true, ladder, z, 1),
                input(pair, false, ladder, z, 2),
                new ComparisonSpec(6, z, 0, 0.5))
            .ab();
    PrecisionRecall pr =
        new PrecisionRecall(
            counts,
            edges,
            List.of(
                new AnnotatedItem(-0.02, 1), new AnnotatedItem(0.01, 1), new AnnotatedItem(1, 1)));
    assertThat(pr.over(-INF, INF).rates()).hasSize(3);
    for (int s = 0; s < 3; s++) {
      double[] range = {edges[s], edges[s + 1]};
      CountEstimate inside = pr.over(range[0], range[1]).truePositives();
      assertThat(known(inside.log()))
          .isCloseTo(Math.log(members(pair, z, range)), within(4 * known(inside.relSe())));
    }
  }

  private static long members(ToyPair pair, NllRange z, double[] range) {
    return IntStream.range(0, pair.size)
        .filter(x -> z.contains(pair.z(true)[x]))
        .mapToDouble(x -> (double) pair.zA[x] - pair.zB[x])
        .filter(d -> d >= range[0] && d < range[1])
        .count();
  }

  @Test
  void over_toyWithKnownAnswers_coversExactValues() {
    ToyPair pair = new ToyPair(21, 5, 6, 1.0, 0.3);
    NllRange z = new NllRange(pair.quantileA(0.02) + 1e-4, pair.quantileA(0.25) + 1e-4);
    ComparisonSpec spec = new ComparisonSpec(6, z, 0, 0.05);
    double[] ladder = {1.0, 0.5};
    Map<String, IntPredicate> rules = new LinkedHashMap<>();
    rules.put("nearly all good", x -> x % 97 != 0);
    rules.put(
        "good where A is surer", x -> pair.zA[x] + 0.1 * ((x * 7919L) % 13 - 6) / 6 < pair.zB[x]);
    int inside = 0;
    int all = 0;
    List<String> report = new ArrayList<>();
    for (Map.Entry<String, IntPredicate> rule : rules.entrySet()) {
      int hits = 0;
      int figures = 0;
      for (int seed = 0; seed < 50; seed++) {
        ComparisonResult r =
            Comparison.of(
                input(pair, true, ladder, z, 3 * seed + 1),
                input(pair, false, ladder, z, 3 * seed + 2),
                spec);
        for (boolean a : new boolean[] {true, false}) {
          List<AnnotatedItem> items = annotate(pair, z, a, rule.getValue(), 3 * seed + 3);
          PrecisionRecall pr =
              new PrecisionRecall(
                  a ? r.histogramAB() : r.histogramBA(),
                  new double[] {-INF, -0.1, 0, 0.1, INF},
                  items);
          for (double[] range : new double[][] {{-INF, 0}, {0, INF}}) {
            double[] exact = exact(pair, z, a, rule.getValue(), range);
            PrecisionRecall.Figures f = pr.over(range[0], range[1]);
            hits += holds(f.precision(), exact[0]) + holds(f.recall(), exact[1]);
            figures += 2;
          }
        }
      }
      report.add(rule.getKey() + ": " + hits + " of " + figures);
      inside += hits;
      all += figures;
    }
    System.out.println(report);
    assertThat((double) inside / all).as(report.toString()).isBetween(0.91, 0.99);
  }

  private static CampaignInput input(
      ToyPair pair, boolean a, double[] ladder, NllRange z, long seed) {
    return CampaignInput.tempering(
        List.of(ToySampler.chains(pair, a, ladder, -1, 16, 60, 0.5, false, z, seed)),
        Rungs.of(ladder),
        16,
        6,
        0);
  }

  /** 25 items per stratum, uniformly from the exact set: what weighted draws approach. */
  private static List<AnnotatedItem> annotate(
      ToyPair pair, NllRange z, boolean a, IntPredicate good, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] edges = {-INF, -0.1, 0, 0.1, INF};
    int[] drawn = new int[4];
    List<AnnotatedItem> items = new ArrayList<>();
    while (items.size() < 100) {
      int x = random.nextInt(pair.size);
      double d = (double) pair.zA[x] - pair.zB[x];
      if (z.contains(pair.z(a)[x])) {
        int s = 0;
        while (d >= edges[s + 1]) {
          s++;
        }
        if (drawn[s]++ < 25) {
          items.add(new AnnotatedItem(d, good.test(x) ? 1 : 0));
        }
      }
    }
    return items;
  }

  private static double[] exact(
      ToyPair pair, NllRange z, boolean a, IntPredicate good, double[] range) {
    double inRange = 0;
    double goodInRange = 0;
    double goodAll = 0;
    for (int x = 0; x < pair.size; x++) {
      double d = (double) pair.zA[x] - pair.zB[x];
      if (z.contains(pair.z(a)[x])) {
        boolean in = d >= range[0] && d < range[1];
        inRange += in ? 1 : 0;
        goodInRange += in && good.test(x) ? 1 : 0;
        goodAll += good.test(x) ? 1 : 0;
      }
    }
    return new double[] {goodInRange / inRange, goodInRange / goodAll};
  }

  private static int holds(Proportion p, double exact) {
    return known(p.low()) <= exact && exact <= known(p.high()) ? 1 : 0;
  }

  private static double known(@Nullable Double value) {
    return Objects.requireNonNull(value);
  }
}
