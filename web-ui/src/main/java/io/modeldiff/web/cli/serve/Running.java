package io.modeldiff.web.cli.serve;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.platform.RunningPlatform;

/** Waiting for the end of a process that runs until it is stopped. */
final class Running {
  private static final long POLL_MILLIS = 200;

  private Running() {}

  /** Returns when the person stops the process. */
  static void untilStopped(Console console) throws InterruptedException {
    while (!console.stop().requested()) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  /**
   * Returns when the person stops the process.
   *
   * @throws UserException when the process was taken out of its cluster
   */
  static void untilStopped(Console console, RunningPlatform platform) throws InterruptedException {
    while (!console.stop().requested()) {
      if (platform.system().getWhenTerminated().toCompletableFuture().isDone()) {
        throw UserException.failed(
            "This process was taken out of the cluster (it was unreachable for too long); start it"
                + " again.");
      }
      Thread.sleep(POLL_MILLIS);
    }
  }
}
