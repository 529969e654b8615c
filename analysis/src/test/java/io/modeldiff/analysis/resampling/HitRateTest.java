package io.modeldiff.analysis.resampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HitRateTest {
  @Test
  void ends_ofThirtySixOfForty_haveTailsOfAFortieth() {
    HitRate rate = new HitRate(36, 40);
    assertThat(rate.share()).isEqualTo(0.9);
    assertThat(binomialAtLeast(36, 40, rate.low())).isCloseTo(0.025, within(1e-6));
    assertThat(1 - binomialAtLeast(37, 40, rate.high())).isCloseTo(0.025, within(1e-6));
  }

  @Test
  void ends_noneOrAll_areZeroAndOne() {
    assertThat(new HitRate(0, 10).low()).isZero();
    assertThat(new HitRate(0, 10).high()).isCloseTo(1 - Math.pow(0.025, 0.1), within(1e-6));
    assertThat(new HitRate(10, 10).high()).isEqualTo(1);
    assertThat(new HitRate(10, 10).low()).isCloseTo(Math.pow(0.025, 0.1), within(1e-6));
  }

  @Test
  void of_moreHitsThanTrials_isRefused() {
    assertThatThrownBy(() -> new HitRate(3, 2)).hasMessageContaining("3 hits of 2 trials");
  }

  /** P(X ≥ k), term by term. */
  private static double binomialAtLeast(int k, int n, double p) {
    double sum = 0;
    for (int x = k; x <= n; x++) {
      double ways = 1;
      for (int i = 0; i < x; i++) {
        ways = ways * (n - i) / (i + 1);
      }
      sum += ways * Math.pow(p, x) * Math.pow(1 - p, n - x);
    }
    return sum;
  }
}
