package io.modeldiff.analysis.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.analysis.agreement.KrippendorffAlpha.Metric;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AgreementReferenceTest {
  private static final double GAP = Double.NaN;

  /** Krippendorff (2011), section C: four observers, twelve units, gaps. */
  private static final double[][] FOUR_OBSERVERS = {
    {1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP},
    {1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3},
    {GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP},
    {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP}
  };

  @Test
  void figures_publishedExamples_agree() throws Exception {
    JsonNode examples;
    try (InputStream in = getClass().getResourceAsStream("/reference/agreement.json")) {
      examples = new ObjectMapper().readTree(in).get("examples");
    }
    for (JsonNode e : examples) {
      JsonNode computed = e.get("computed");
      if (e.get("kind").asText().equals("cohen_kappa")) {
        int[][] table = new int[e.get("table").size()][e.get("table").size()];
        for (int i = 0; i < table.length; i++) {
          for (int j = 0; j < table.length; j++) {
            table[i][j] = e.get("table").get(i).get(j).asInt();
          }
        }
        assertThat(CohenKappa.of(table).value()).isCloseTo(computed.asDouble(), within(1e-12));
      } else {
        List<double[]> units = KrippendorffAlpha.byUnit(ratings(e.get("ratings")));
        computed
            .properties()
            .forEach(
                p ->
                    assertThat(alpha(units, Metric.valueOf(p.getKey().toUpperCase(Locale.ROOT))))
                        .isCloseTo(p.getValue().asDouble(), within(1e-12)));
      }
    }
  }

  @Test
  void alpha_fourObserversWithGaps_agreesWithPublishedForAllMetrics() {
    List<double[]> units = KrippendorffAlpha.byUnit(FOUR_OBSERVERS);
    assertThat(alpha(units, Metric.NOMINAL)).isCloseTo(0.7434211, within(5e-8));
    assertThat(alpha(units, Metric.ORDINAL)).isCloseTo(0.815, within(5e-4));
    assertThat(alpha(units, Metric.INTERVAL)).isCloseTo(0.849, within(5e-4));
  }

  @Test
  void figures_randomTables_equalAnIndependentComputation() throws Exception {
    JsonNode examples;
    try (InputStream in = getClass().getResourceAsStream("/reference/agreement-random.json")) {
      examples = new ObjectMapper().readTree(in).get("examples");
    }
    assertThat(examples).hasSize(30);
    for (JsonNode e : examples) {
      ProjectAgreement found = ProjectAgreement.of(items(e.get("ratings")), 1);
      String name = e.get("name").asText();
      same(name, found.nominal(), e.at("/alpha/nominal"));
      same(name, found.ordinal(), e.at("/alpha/ordinal"));
      same(name, found.interval(), e.at("/alpha/interval"));
      for (ProjectAgreement.PairKappa pair : found.pairs()) {
        same(name, pair.kappa(), e.get("kappa").get(pair.first() + " " + pair.second()));
      }
    }
  }

  private static List<Map<String, Double>> items(JsonNode ratings) {
    List<Map<String, Double>> items = new ArrayList<>();
    for (int u = 0; u < ratings.get(0).size(); u++) {
      Map<String, Double> scores = new TreeMap<>();
      for (int r = 0; r < ratings.size(); r++) {
        JsonNode score = ratings.get(r).get(u);
        if (!score.isNull()) {
          scores.put(String.valueOf(r), score.asDouble());
        }
      }
      items.add(scores);
    }
    return items;
  }

  private static void same(String name, AgreementFigure figure, JsonNode expected) {
    if (expected.isNull()) {
      assertThat(figure.value()).as(name).isNull();
      assertThat(figure.undefined()).as(name).isNotNull();
    } else {
      assertThat(figure.value()).as(name).isCloseTo(expected.asDouble(), within(1e-12));
    }
  }

  private static double alpha(List<double[]> units, Metric metric) {
    return Objects.requireNonNull(KrippendorffAlpha.of(units, metric, 1).value());
  }

  @Test
  void alpha_allEqual_isUndefined() {
    AgreementFigure f =
        KrippendorffAlpha.of(List.of(new double[] {1, 1}, new double[] {1, 1}), Metric.NOMINAL, 1);
    assertThat(f.value()).isNull();
    assertThat(f.units()).isEqualTo(2);
  }

  @Test
  void alpha_interval_coversTheTruthOfALargePopulation() {
    // Two raters copy the truth with probability 0.8, else answer at random: alpha is 0.64.
    int inside = 0;
    for (int seed = 0; seed < 100; seed++) {
      SplittableRandom r = new SplittableRandom(seed);
      double[][] units = new double[150][2];
      for (double[] u : units) {
        int truth = r.nextInt(2);
        for (int i = 0; i < 2; i++) {
          u[i] = r.nextDouble() < 0.8 ? truth : r.nextInt(2);
        }
      }
      AgreementFigure f = KrippendorffAlpha.of(List.of(units), Metric.NOMINAL, seed);
      inside +=
          Objects.requireNonNull(f.low()) <= 0.64 && 0.64 <= Objects.requireNonNull(f.high())
              ? 1
              : 0;
    }
    assertThat(inside).isBetween(90, 99);
  }

  @Test
  void kappa_interval_agreesWithHandComputedStandardError() {
    AgreementFigure f = CohenKappa.of(new int[][] {{20, 5}, {10, 15}});
    double half = (Objects.requireNonNull(f.high()) - Objects.requireNonNull(f.low())) / 2;
    // p = .4 .1 .2 .3, margins .5 .5 / .6 .4, kappa .4, chance .5: by the formula, term by term.
    double sum =
        .4 * Math.pow(1 - 1.1 * .6, 2)
            + .3 * Math.pow(1 - .9 * .6, 2)
            + .1 * Math.pow((.6 + .5) * .6, 2)
            + .2 * Math.pow((.4 + .5) * .6, 2);
    double se = Math.sqrt((sum - Math.pow(.4 - .5 * .6, 2)) / (50 * .25));
    assertThat(half).isCloseTo(1.959963984540054 * se, within(1e-12));
  }

  private static double[][] ratings(JsonNode node) {
    double[][] r = new double[node.size()][node.get(0).size()];
    for (int i = 0; i < r.length; i++) {
      for (int j = 0; j < r[i].length; j++) {
        JsonNode v = node.get(i).get(j);
        r[i][j] = v.isNull() ? GAP : v.asDouble();
      }
    }
    return r;
  }
}
