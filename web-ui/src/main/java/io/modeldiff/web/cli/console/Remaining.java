package io.modeldiff.web.cli.console;

import java.time.Duration;
import java.util.Optional;

/** Remaining time at the pace so far. */
final class Remaining {
  private Remaining() {}

  /** Time until {@code total} units are done; empty before the first unit or without a total. */
  static Optional<Duration> of(long done, long total, Duration elapsed) {
    if (done <= 0 || total < done) {
      return Optional.empty();
    }
    double perUnit = elapsed.toMillis() / (double) done;
    return Optional.of(Duration.ofMillis(Math.round(perUnit * (total - done))));
  }

  /** {@code 2 h 05 min}, {@code 3 min 20 s} or {@code 7 s}. */
  static String words(Duration time) {
    long s = Math.max(0, time.toSeconds());
    if (s >= 3600) {
      return String.format("%d h %02d min", s / 3600, s % 3600 / 60);
    }
    return s >= 60 ? String.format("%d min %02d s", s / 60, s % 60) : s + " s";
  }
}
