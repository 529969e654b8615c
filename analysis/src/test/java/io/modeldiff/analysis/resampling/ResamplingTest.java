package io.modeldiff.analysis.resampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResamplingTest {
  @Test
  void spread_ofAMean_isTheTextbookStandardError() {
    double[] x = {1, 4, 2, 8, 5, 7};
    double sum = 27;
    double[] values = new double[7];
    values[0] = sum / 6;
    double squares = 0;
    for (int i = 0; i < 6; i++) {
      values[1 + i] = (sum - x[i]) / 5;
      squares += (x[i] - 4.5) * (x[i] - 4.5);
    }
    Spread s = Objects.requireNonNull(new Jackknife(new LaneGroups(6)).spread(values));
    assertThat(s.se()).isCloseTo(Math.sqrt(squares / 5 / 6), within(1e-12));
    assertThat(s.degreesOfFreedom()).isCloseTo(5, within(1e-9));
    assertThat(s.half95()).isCloseTo(2.5705818 * s.se(), within(1e-6));
  }

  @Test
  void spread_oneLane_isNotClaimed() {
    assertThat(new Jackknife(new LaneGroups(1)).spread(new double[] {1, 1})).isNull();
  }

  @Test
  void lanes_beyond32_areGroupedEvenly() {
    LaneGroups g = new LaneGroups(70);
    assertThat(g.groups()).isEqualTo(32);
    int total = 0;
    for (int i = 0; i < 32; i++) {
      assertThat(g.size(i)).isBetween(2, 3);
      total += g.size(i);
    }
    assertThat(total).isEqualTo(70);
  }

  @Test
  void relative_groupHoldingEverything_givesALargeFiniteError() {
    double[] logs = {0, Double.NEGATIVE_INFINITY, 0, 0, 0};
    Spread s = Objects.requireNonNull(new Jackknife(new LaneGroups(4)).relative(logs));
    assertThat(s.se()).isBetween(0.5, 2.0);
  }

  @Test
  void mean_intervals_cover() {
    int inside = 0;
    for (int seed = 0; seed < 100; seed++) {
      SplittableRandom r = new SplittableRandom(seed);
      double[] x = new double[60];
      for (int i = 0; i < x.length; i++) {
        x[i] = -Math.log(1 - r.nextDouble());
      }
      Bootstrap.Mean m = Bootstrap.mean(x, seed);
      inside +=
          Objects.requireNonNull(m.low()) <= 1 && 1 <= Objects.requireNonNull(m.high()) ? 1 : 0;
    }
    assertThat(inside).isBetween(88, 99);
  }

  @Test
  void paired_tellsADifferenceFromNone() {
    SplittableRandom r = new SplittableRandom(4);
    double[] x = new double[80];
    double[] y = new double[80];
    double[] same = new double[80];
    for (int i = 0; i < 80; i++) {
      double base = 10 * r.nextDouble();
      x[i] = base + 0.3 + 0.5 * r.nextGaussian();
      y[i] = base + 0.5 * r.nextGaussian();
      same[i] = base + 0.3 + 0.5 * r.nextGaussian();
    }
    Bootstrap.Paired different = Bootstrap.paired(x, y, 1);
    assertThat(different.signFlipP()).isLessThan(0.01);
    assertThat(Objects.requireNonNull(different.wilcoxonP())).isLessThan(0.01);
    Bootstrap.Paired equal = Bootstrap.paired(x, same, 1);
    assertThat(equal.signFlipP()).isGreaterThan(0.02);
    assertThat(Bootstrap.paired(x, x, 1).wilcoxonP()).isNull();
  }
}
