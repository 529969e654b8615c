package io.modeldiff.web.cli.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C (or a terminate signal) into a request that running work sees at its next safe
 * point. The process ends when the work has tidied up, with the exit code that the signal stands
 * for (130 for Ctrl-C).
 */
public final class StopSignal {
  /** How long work may take to reach a safe point before the process ends anyway. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Exit code of a command that a person interrupted: 128 + SIGINT. */
  public static final int EXIT_CODE = 130;

  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean requested;

  /** A signal that only {@link #request} raises. */
  public StopSignal() {}

  /** A signal that the process's own termination raises. */
  public static StopSignal ofProcess() {
    StopSignal stop = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(stop::awaitWork, "stop-signal"));
    return stop;
  }

  /** Asks running work to stop. */
  public void request() {
    requested = true;
  }

  /** Whether running work should stop. */
  public boolean requested() {
    return requested;
  }

  /** Says that the command has ended, so that nothing is left to wait for. */
  public void finished() {
    finished.countDown();
  }

  private void awaitWork() {
    request();
    try {
      finished.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
