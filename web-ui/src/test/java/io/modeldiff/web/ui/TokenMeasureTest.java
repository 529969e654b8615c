package io.modeldiff.web.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenMeasureTest {
  @Test
  void coloured_ofALargerRankUnderModelTwo_isOnModelOnesSide() {
    assertThat(TokenMeasure.RANK_DIFF.coloured(700)).isNegative();
    assertThat(TokenMeasure.CLAMPED_RANK_DIFF.coloured(-3)).isPositive();
  }

  @Test
  void coloured_ofALargerProbabilityUnderModelTwo_isOnModelTwosSide() {
    assertThat(TokenMeasure.PROB_DIFF.coloured(0.4)).isPositive();
    assertThat(TokenMeasure.PROB_1.coloured(0.4)).isNegative();
  }
}
