package io.modeldiff.replica.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.core.error.UserException;
import org.junit.jupiter.api.Test;

class LadderTest {
  @Test
  void ofTemperatures_paperRange_straddlesBetaOne() {
    Ladder ladder = Ladder.ofTemperatures(new double[] {0.01, Math.pow(10, -1.25)}, 25);
    assertThat(ladder.beta(0)).isCloseTo(0.711, within(1e-3));
    assertThat(ladder.beta(1)).isCloseTo(4.0, within(1e-12));
  }

  @Test
  void of_repeatedOrNegative_isRefusedInWords() {
    assertThatThrownBy(() -> Ladder.of(1, 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("distinct");
    assertThatThrownBy(() -> Ladder.of(-0.5, 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("-0.5");
    assertThatThrownBy(() -> Ladder.ofTemperatures(new double[] {0}, 8))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("positive");
  }

  @Test
  void ends_betaOneOnTop_isHome() {
    assertThat(Ladder.of(0.3, 1).homeEnd()).isEqualTo(1);
    assertThat(Ladder.of(0.3, 1).farEnd()).isZero();
    assertThat(Ladder.of(1, 1.5).homeEnd()).isZero();
    assertThat(Ladder.of(0, 1, 1.5).homeEnd()).isZero();
  }

  @Test
  void ladder_ofRejections_equalisesTheBarrierAndKeepsTheEnds() {
    Ladder uneven = Ladder.of(1, 1.1, 2);
    BarrierCurve curve = BarrierCurve.ofRejections(uneven, new double[] {0.1, 0.5});
    Ladder even = curve.ladder(3);
    assertThat(even.beta(0)).isEqualTo(1);
    assertThat(even.beta(2)).isEqualTo(2);
    assertThat(even.beta(1)).isCloseTo(1.1 + 0.9 * 0.2 / 0.5, within(1e-12));
  }
}
