package io.modeldiff.web.cli.console;

import java.time.Duration;
import java.util.Locale;

/**
 * Progress as plain lines, for logs and pipes: one at the end, and one every few seconds before.
 */
final class PlainProgress implements ProgressDisplay {
  private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

  private final Console console;
  private final String task;
  private final long from;
  private final long total;
  private final String unit;
  private final long started = System.nanoTime();
  private long lastLine = started;
  private long done;
  private String detail = "";

  PlainProgress(Console console, String task, long from, long total, String unit) {
    this.console = console;
    this.task = task;
    this.from = from;
    this.done = from;
    this.total = total;
    this.unit = unit;
  }

  @Override
  public synchronized void done(long done) {
    this.done = done;
    long now = System.nanoTime();
    if (now - lastLine >= INTERVAL_NANOS) {
      lastLine = now;
      console.note(line(now));
    }
  }

  @Override
  public synchronized void detail(String words) {
    detail = words;
  }

  private String line(long now) {
    Duration elapsed = Duration.ofNanos(now - started);
    double seconds = Math.max(1e-3, elapsed.toNanos() * 1e-9);
    String of =
        total < 0
            ? ""
            : String.format(
                Locale.ROOT, " of %,d (%.0f%%)", total, 100.0 * done / Math.max(1, total));
    String rest =
        Remaining.of(done - from, total - from, elapsed)
            .map(t -> ", " + Remaining.words(t) + " left")
            .orElse("");
    return String.format(
        Locale.ROOT,
        "%s: %,d%s %s, %s/s%s%s",
        task,
        done,
        of,
        unit,
        rate((done - from) / seconds),
        rest,
        detail.isEmpty() ? "" : ", " + detail);
  }

  private static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 10 ? "%.1f" : "%,.0f", perSecond);
  }

  @Override
  public boolean stopRequested() {
    return console.stop().requested();
  }

  @Override
  public synchronized void close() {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
    console.note(
        String.format(Locale.ROOT, "%s: %,d %s in %s", task, done, unit, Remaining.words(elapsed)));
  }
}
