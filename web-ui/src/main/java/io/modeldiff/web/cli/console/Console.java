package io.modeldiff.web.cli.console;

import io.modeldiff.core.work.WorkMonitor;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes: results to {@code out}, everything else (progress, notes, errors) to
 * {@code err}.
 *
 * @param out results only; with {@code --json} exactly one JSON document
 * @param err progress, notes and errors
 * @param terminal whether {@code err} is a terminal, where progress may redraw its line
 * @param stop raised by Ctrl-C
 */
public record Console(PrintStream out, PrintStream err, boolean terminal, StopSignal stop) {
  /** The console of this process; the launcher says whether stderr is a terminal. */
  public static Console ofProcess() {
    return new Console(
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        Boolean.getBoolean("modeldiff.terminal"),
        StopSignal.ofProcess());
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** Shows a line for people. */
  public void note(String line) {
    err.println(line);
  }

  /**
   * Starts showing the progress of one piece of work.
   *
   * @param task what is going on, e.g. {@code Scoring}
   * @param total number of units, or −1 when unknown
   * @param unit what is counted, e.g. {@code texts}
   */
  public ProgressDisplay progress(String task, long total, String unit) {
    return progress(task, 0, total, unit);
  }

  /** The same for work of which {@code from} units were done before anybody looked. */
  public ProgressDisplay progress(String task, long from, long total, String unit) {
    return terminal
        ? new TerminalProgress(this, task, from, total, unit)
        : new PlainProgress(this, task, from, total, unit);
  }

  /** A monitor without a display that stops on Ctrl-C. */
  public WorkMonitor quietMonitor() {
    return new WorkMonitor() {
      @Override
      public void done(long done) {}

      @Override
      public boolean stopRequested() {
        return stop.requested();
      }
    };
  }
}
