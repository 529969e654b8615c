package io.modeldiff.analysis.lmdiff.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.analysis.lmdiff.cache.Windows.Window;
import io.modeldiff.core.lm.ModelKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WindowsTest {
  @Test
  void plan_textThatFits_isOneWindow() {
    assertThat(Windows.plan(128, 128, 0, ModelKind.CAUSAL))
        .containsExactly(new Window(0, 128, 0, 128));
  }

  @Test
  void plan_longCausalText_scoresNewTokensWithEnoughContext() {
    assertThat(Windows.plan(10, 4, 2, ModelKind.CAUSAL))
        .containsExactly(
            new Window(0, 4, 0, 4),
            new Window(2, 6, 4, 6),
            new Window(4, 8, 6, 8),
            new Window(6, 10, 8, 10));
  }

  @ParameterizedTest
  @EnumSource(ModelKind.class)
  void plan_anyLength_scoresEachTokenOnceInsideItsWindow(ModelKind kind) {
    for (int capacity = 1; capacity < 12; capacity++) {
      for (int stride = 0; stride <= capacity + 2; stride++) {
        for (int length = 1; length < 50; length++) {
          List<Window> windows = Windows.plan(length, capacity, stride, kind);
          int next = 0;
          for (Window w : windows) {
            assertThat(w.scoredFrom()).isEqualTo(next);
            assertThat(w.start()).isLessThanOrEqualTo(w.scoredFrom());
            assertThat(w.scoredTo()).isLessThanOrEqualTo(w.end()).isGreaterThan(w.scoredFrom());
            assertThat(w.end() - w.start()).isLessThanOrEqualTo(capacity);
            next = w.scoredTo();
          }
          assertThat(next).isEqualTo(length);
        }
      }
    }
  }
}
