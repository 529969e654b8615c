package io.modeldiff.web.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void count_showsOneDigitMoreThanItsErrorLeaves() {
    assertThat(Numbers.count(Count.of(6.5736, 0.003))).isEqualTo("3,746,000 ±0.30%");
    assertThat(Numbers.count(Count.of(31.234, 0.03))).isEqualTo("1.71 × 10³¹ ±3.0%");
    assertThat(Numbers.plainMagnitude(6.5736, 0.003)).isEqualTo("3,746,000");
    assertThat(Numbers.plainMagnitude(31.2, 0.003)).isEqualTo("10^31.2");
    assertThat(Numbers.count(Count.of(31.2, null))).isEqualTo("10³¹·² (error unknown)");
  }

  @Test
  void share_withoutError_claimsNone() {
    assertThat(Numbers.share(1, 0)).isEqualTo("100%");
    assertThat(Numbers.share(0.491, 0.0046)).isEqualTo("49.1% ± 0.9%");
  }

  @Test
  void hundredths_keepWhatPeopleChose() {
    assertThat(Numbers.hundredths(2)).isEqualTo("2.00");
    assertThat(Numbers.hundredths(1.745)).isEqualTo("1.745");
  }

  @Test
  void probability_tooSmallToBeReadAsADecimal_isWrittenWithAPower() {
    assertThat(Numbers.probability(0.25, 2)).isEqualTo("0.25");
    assertThat(Numbers.probability(0.00012, 2)).isEqualTo("0.00012");
    assertThat(Numbers.probability(7.94e-7, 2)).isEqualTo("7.9 × 10⁻⁷");
    assertThat(Numbers.probability(0, 2)).isEqualTo("0");
  }
}
