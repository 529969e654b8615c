package io.modeldiff.analysis.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.analysis.toy.ToyPair;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DensityTest {
  private static final ToyPair PAIR = new ToyPair(4, 4, 6, 1.0, 0.3);

  private static double[] allZ() {
    double[] z = new double[PAIR.size];
    Arrays.setAll(z, x -> PAIR.zA[x]);
    return z;
  }

  @Test
  void at_everyInputWithWeightOne_isTheExactDistribution() {
    RangeFinder finder = RangeFinder.of(allZ(), new double[PAIR.size], 6);
    for (double beta : new double[] {0, 0.7, 1, 1.5}) {
      double logZ = PAIR.logPartition(true, beta);
      double mean = 0;
      for (float z : PAIR.zA) {
        mean += z * Math.exp(-beta * 6 * z - logZ);
      }
      RangeFinder.AtBeta at = finder.at(beta, 0.5);
      assertThat(at.mean()).isCloseTo(mean, within(1e-9));
      double median = at.quantiles().get(0);
      double below = 0;
      for (float z : PAIR.zA) {
        below += z <= median ? Math.exp(-beta * 6 * z - logZ) : 0;
      }
      assertThat(below).isBetween(0.5, 0.55);
    }
    double beta = Objects.requireNonNull(finder.betaAt(finder.at(1.3).mean(), 0, 3));
    assertThat(beta).isCloseTo(1.3, within(1e-6));
    assertThat(finder.betaAt(-1, 0, 3)).isNull();
  }

  @Test
  void ofModelDraws_agreesWithExactNearBetaOne() {
    SplittableRandom random = new SplittableRandom(3);
    double[] draws = new double[20_000];
    double lowest = Arrays.stream(allZ()).min().orElseThrow();
    for (int i = 0; i < draws.length; ) {
      int x = random.nextInt(PAIR.size);
      // Rejection: accept with probability proportional to p(x).
      if (random.nextDouble() < Math.exp(-6 * (PAIR.zA[x] - lowest))) {
        draws[i++] = PAIR.zA[x];
      }
    }
    RangeFinder exact = RangeFinder.of(allZ(), new double[PAIR.size], 6);
    RangeFinder found = RangeFinder.ofModelDraws(draws, 6);
    for (double beta : new double[] {0.8, 1, 1.2}) {
      assertThat(found.at(beta).mean()).isCloseTo(exact.at(beta).mean(), within(0.02));
      assertThat(found.at(beta).reliable()).isTrue();
    }
    assertThat(found.at(-9).reliable()).isFalse();
  }

  @Test
  void of_exactDensitiesUpToConstants_givesExactCounts() {
    double width = 0.01;
    int bins = 600;
    double[] edges = new double[bins + 1];
    Arrays.setAll(edges, i -> i * width);
    double[] counts = new double[bins];
    for (float z : PAIR.zA) {
      counts[(int) (z / width)]++;
    }
    double[][] log = new double[8][bins];
    for (int r = 0; r < 8; r++) {
      int replicate = r;
      Arrays.setAll(log[r], b -> Math.log(counts[b]) + 100 * replicate);
    }
    FlatHistogramCounts.Counts c = FlatHistogramCounts.of(edges, log, 6, 0);
    for (int b = 0; b < bins; b++) {
      if (counts[b] > 0) {
        assertThat(c.logCounts()[b]).isCloseTo(Math.log(counts[b]), within(0.01));
        assertThat(Objects.requireNonNull(c.spreads().get(b)).se()).isLessThan(1e-9);
      } else {
        assertThat(c.logCounts()[b]).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(c.spreads().get(b)).isNull();
      }
    }
  }
}
