package io.modeldiff.analysis.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.core.campaign.StopReason;
import org.junit.jupiter.api.Test;

class StoppingRuleTest {
  /** Rounds that are there when it is asked. */
  private long there;

  private StoppingRule rule(double target, java.util.function.DoubleUnaryOperator error) {
    return new StoppingRule(rounds -> rounds <= there ? error.applyAsDouble(rounds) : null, target);
  }

  private static double falling(double rounds) {
    return 0.4 / Math.sqrt(rounds);
  }

  @Test
  void advance_errorFalls_stopsAtTheFirstLookBelowTheTarget() {
    there = 10_000;
    StoppingRule.Stop stop = rule(0.05, StoppingRuleTest::falling).advance();
    assertThat(stop).isNotNull();
    assertThat(stop.reason()).isEqualTo(StopReason.TARGET_ERROR);
    assertThat(stop.rounds()).isEqualTo(76); // 16, 20, 25, 31, 39, 49, 61, 76: 64 are needed
    assertThat(stop.error()).isEqualTo(falling(76));
  }

  @Test
  void advance_askedWheneverRoundsCome_stopsAtTheSameRound() {
    StoppingRule often = rule(0.05, StoppingRuleTest::falling);
    StoppingRule.Stop stop = null;
    for (there = 1; stop == null && there < 10_000; there++) {
      stop = often.advance();
    }
    assertThat(stop).isNotNull();
    assertThat(stop.rounds()).isEqualTo(76);
  }

  @Test
  void advance_errorStays_stopsForNoProgress() {
    there = 10_000;
    StoppingRule.Stop stop = rule(0.05, rounds -> 0.3 + 1 / rounds).advance();
    assertThat(stop).isNotNull();
    assertThat(stop.reason()).isEqualTo(StopReason.NO_PROGRESS);
  }

  @Test
  void advance_nothingSeenOfATerm_goesOn() {
    there = 500;
    assertThat(rule(0.05, rounds -> Double.NaN).advance()).isNull();
    assertThat(rule(0.001, StoppingRuleTest::falling).advance()).isNull();
  }
}
