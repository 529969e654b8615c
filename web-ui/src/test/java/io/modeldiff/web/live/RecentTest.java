package io.modeldiff.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentTest {
  private final Recent<String> recent = new Recent<>(3, 100);

  private void use(String... keys) {
    for (String key : keys) {
      recent.of(key, () -> key + "!");
    }
  }

  @Test
  void of_knownKey_isNotMadeAgain() {
    use("a");
    assertThat(recent.of("a", () -> "another")).isEqualTo("a!");
    assertThat(recent.find("b")).isNull();
  }

  @Test
  void of_oneTooMany_forgetsWhatWasUsedLongestAgo() {
    use("a", "b", "c", "a", "d");
    assertThat(recent.find("b")).isNull();
    assertThat(recent.find("a")).isEqualTo("a!");
    assertThat(recent.find("d")).isEqualTo("d!");
  }

  @Test
  void resize_tooLargeTogether_forgetsOthersUntilItHasRoom() {
    use("a", "b", "c");
    recent.resize("a", 40);
    recent.resize("b", 40);
    recent.resize("c", 50);
    assertThat(recent.find("a")).isNull();
    assertThat(recent.find("b")).isNotNull();
    recent.resize("c", 500);
    assertThat(recent.find("b")).isNull();
    assertThat(recent.find("c")).as("one alone may be larger").isNotNull();
  }
}
