package io.modeldiff.web.cli.console;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with rate and remaining time that redraws its line on a terminal. */
final class TerminalProgress implements ProgressDisplay {
  private static final int WIDTH = 100;

  private final Console console;
  private final ProgressBar bar;

  TerminalProgress(Console console, String task, long from, long total, String unit) {
    this.console = console;
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .startsFrom(from, Duration.ZERO)
            .setUnit(" " + unit, 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(250)
            .setSpeedUnit(ChronoUnit.SECONDS)
            .showSpeed()
            .setEtaFunction(TerminalProgress::remaining)
            .setConsumer(new ConsoleProgressBarConsumer(console.err(), WIDTH))
            .build();
  }

  private static java.util.Optional<Duration> remaining(
      me.tongfei.progressbar.ProgressState state) {
    return Remaining.of(
        state.getCurrent() - state.getStart(),
        state.getMax() - state.getStart(),
        state.getElapsedAfterStart());
  }

  @Override
  public void done(long done) {
    bar.stepTo(done);
  }

  @Override
  public void detail(String words) {
    bar.setExtraMessage(words);
  }

  @Override
  public boolean stopRequested() {
    return console.stop().requested();
  }

  @Override
  public void close() {
    bar.close();
  }
}
