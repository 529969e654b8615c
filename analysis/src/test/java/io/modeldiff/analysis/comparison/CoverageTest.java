package io.modeldiff.analysis.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.analysis.reweighting.Rungs;
import io.modeldiff.analysis.reweighting.SmcWeights;
import io.modeldiff.analysis.toy.ToyPair;
import io.modeldiff.analysis.toy.ToySampler;
import io.modeldiff.core.space.NllRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often the nominal 95% intervals hold the exact value, for every reported quantity, with
 * correlated chains.
 */
class CoverageTest {
  private static final double[] LADDER = {1.0, 0.7, 0.4};
  private static final ToyPair PAIR = new ToyPair(21, 5, 6, 1.0, 0.3);
  private static final NllRange Z =
      new NllRange(PAIR.quantileA(0.02) + 1e-4, PAIR.quantileA(0.25) + 1e-4);
  private static final ComparisonSpec SPEC = new ComparisonSpec(6, Z, 0.05, 0.05);

  private final Map<String, int[]> hits = new LinkedHashMap<>();

  private enum Method {
    TEMPERING,
    SMC
  }

  private static CampaignInput campaign(Method method, boolean a, int lanes, int size, long seed) {
    if (method == Method.SMC) {
      double[] beta = {1.0, 0.6};
      double[][] logZ = new double[2][lanes];
      SampleBatch batch = ToySampler.smc(PAIR, a, beta, lanes, size, logZ, Z, seed);
      return CampaignInput.of(List.of(batch), SmcWeights.of(beta, logZ, new int[] {size, size}));
    }
    SampleBatch batch = ToySampler.chains(PAIR, a, LADDER, -1, lanes, size, 0.7, false, Z, seed);
    return CampaignInput.tempering(List.of(batch), Rungs.of(LADDER), lanes, 6, 0.0);
  }

  private void run(Method method, int lanes, int size, int seeds) {
    long[] t = PAIR.truth(Z, SPEC.lambda());
    for (int seed = 0; seed < seeds; seed++) {
      ComparisonResult r =
          Comparison.of(
              campaign(method, true, lanes, size, 2L * seed + 1),
              campaign(method, false, lanes, size, 2L * seed + 2),
              SPEC);
      List<CountEstimate> counts =
          List.of(
              r.countA(),
              r.countB(),
              r.countAB(),
              r.terms().pdAB(),
              r.terms().paAB(),
              r.terms().paBA(),
              r.terms().pdBA());
      String[] names = {"|X_A|", "|X_B|", "|X_A∩B|", "PD_AB", "PA_AB", "PA_BA", "PD_BA"};
      for (int i = 0; i < 7; i++) {
        hit(names[i], counts.get(i), Math.log(t[i]));
      }
      for (int i = 1; i < 4; i++) {
        double exact = (double) t[3 + i] / t[3];
        hit("pooled ratio " + i, r.pooled().terms().get(i), exact);
        hit("absolute ratio " + i, r.absolute().terms().get(i), exact);
        hit("r3 ratio " + i, r.r3().terms().get(i), exact);
      }
      bins("D bins A→B", r.histogramAB(), true);
      bins("D bins B→A", r.histogramBA(), false);
      rho("z bins A", r.rhoA());
    }
  }

  private void bins(String name, Histogram h, boolean a) {
    for (int i = 0; i < h.bins().size(); i++) {
      if (h.bins().get(i).reliable()) {
        long exact = 0;
        for (int x = 0; x < PAIR.size; x++) {
          double d = (double) PAIR.zA[x] - PAIR.zB[x];
          if (Z.contains(PAIR.z(a)[x]) && d >= h.edges()[i] && d < h.edges()[i + 1]) {
            exact++;
          }
        }
        hit(name, h.bins().get(i), Math.log(exact));
      }
    }
  }

  private void rho(String name, Histogram h) {
    for (int i = 0; i < h.bins().size(); i++) {
      if (h.bins().get(i).reliable()) {
        long exact = 0;
        for (float z : PAIR.zA) {
          if (Z.contains(z) && SPEC.zBin(z) == i) {
            exact++;
          }
        }
        hit(name, h.bins().get(i), Math.log(exact));
      }
    }
  }

  private void hit(String name, CountEstimate e, double exact) {
    if (e.logLow() != null && e.logHigh() != null) {
      count(name, e.logLow() <= exact && exact <= e.logHigh());
    }
  }

  private void hit(String name, ComparisonResult.RatioTerm e, double exact) {
    if (e.low() != null && e.high() != null) {
      count(name, e.low() <= exact && exact <= e.high());
    }
  }

  private void count(String name, boolean inside) {
    int[] h = hits.computeIfAbsent(name, n -> new int[2]);
    h[0] += inside ? 1 : 0;
    h[1]++;
  }

  private List<String> report(String title) {
    List<String> lines = new ArrayList<>(List.of(title));
    hits.forEach(
        (name, h) ->
            lines.add(String.format("%-18s %5.1f%% of %d", name, 100.0 * h[0] / h[1], h[1])));
    lines.forEach(System.out::println);
    return lines;
  }

  @Test
  void intervals_fewSeeds_holdTheTruthMostly() {
    run(Method.TEMPERING, 16, 60, 20);
    List<String> lines = report("tempering, 16 lanes, 20 seeds");
    int inside = hits.values().stream().mapToInt(h -> h[0]).sum();
    int all = hits.values().stream().mapToInt(h -> h[1]).sum();
    assertThat((double) inside / all).as(String.join("\n", lines)).isBetween(0.90, 0.99);
  }

  @Test
  @Tag("heavy")
  void intervals_manySeeds_coverBetween91And99Percent() {
    for (Method method : Method.values()) {
      for (int lanes : new int[] {16, 40}) {
        hits.clear();
        run(method, lanes, method == Method.SMC ? 200 : 80, 300);
        List<String> lines = report(method + ", " + lanes + " lanes, 300 seeds");
        for (Map.Entry<String, int[]> e : hits.entrySet()) {
          assertThat((double) e.getValue()[0] / e.getValue()[1])
              .as(e.getKey() + " in\n" + String.join("\n", lines))
              .isBetween(0.91, 0.99);
        }
      }
    }
  }
}
