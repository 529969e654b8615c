package io.modeldiff.web.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final StopSignal stop = new StopSignal();
  private final Console console =
      new Console(
          new PrintStream(out, true, StandardCharsets.UTF_8),
          new PrintStream(err, true, StandardCharsets.UTF_8),
          false,
          stop);

  @Test
  void print_notFiniteNumbers_becomeNull() {
    JsonDocument.print(
        console,
        Map.of("x", new double[] {1.5, Double.NaN}, "y", List.of(Double.NEGATIVE_INFINITY)));
    String text = out.toString(StandardCharsets.UTF_8);
    assertThat(text).contains("[1.5,null]").contains("[null]").endsWith("}\n");
  }

  @Test
  void progress_closed_writesTotalsToStderrOnly() {
    try (ProgressDisplay progress = console.progress("Scoring", 10, "texts")) {
      progress.done(10);
    }
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("Scoring: 10 texts in ");
    assertThat(out.size()).isZero();
  }

  @Test
  void progress_onTerminal_drawsABarOnStderr() {
    Console terminal = new Console(console.out(), console.err(), true, stop);
    try (ProgressDisplay progress = terminal.progress("Scoring", 10, "texts")) {
      progress.done(10);
    }
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("100%");
    assertThat(out.size()).isZero();
  }

  @Test
  void stopRequested_afterSignal_isSeenByWork() {
    try (ProgressDisplay progress = console.progress("Scoring", 10, "texts")) {
      assertThat(progress.stopRequested()).isFalse();
      stop.request();
      assertThat(progress.stopRequested()).isTrue();
    }
  }

  @Test
  void remaining_words_areReadable() {
    assertThat(Remaining.of(50, 100, Duration.ofSeconds(10))).contains(Duration.ofSeconds(10));
    assertThat(Remaining.of(0, 100, Duration.ofSeconds(10))).isEmpty();
    assertThat(Remaining.words(Duration.ofSeconds(7))).isEqualTo("7 s");
    assertThat(Remaining.words(Duration.ofSeconds(200))).isEqualTo("3 min 20 s");
    assertThat(Remaining.words(Duration.ofMinutes(125))).isEqualTo("2 h 05 min");
  }
}
