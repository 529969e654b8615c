package io.modeldiff.core.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottledTest {
  private final List<String> passed = new ArrayList<>();
  private final List<Duration> delays = new ArrayList<>();
  private final List<Runnable> due = new ArrayList<>();
  private final Throttled<String> throttled =
      new Throttled<>(
          Duration.ofMinutes(1),
          passed::add,
          (delay, action) -> {
            delays.add(delay);
            due.add(action);
          });

  @Test
  void offer_severalWithinAnInterval_passesTheFirstNowAndTheLastLater() {
    throttled.offer("a", "running", "1");
    throttled.offer("a", "running", "2");
    throttled.offer("b", "running", "other");
    throttled.offer("a", "running", "3");
    assertThat(passed).containsExactly("1", "other");
    assertThat(due).hasSize(1);
    assertThat(delays.get(0)).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(1));
    due.get(0).run();
    assertThat(passed).containsExactly("1", "other", "3");
  }

  @Test
  void offer_anotherState_passesAtOnceAndWhatWaitedIsForgotten() {
    throttled.offer("a", "running", "1");
    throttled.offer("a", "running", "2");
    throttled.offer("a", "completed", "3");
    due.forEach(Runnable::run);
    assertThat(passed).containsExactly("1", "3");
  }
}
