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
   * Waits until the person stops the process or it is taken out of its cluster, which happens to
   * one that stood still for too long.
   *
   * @return whether it was taken out and has to join again
   * @throws UserException when it left by itself because calls of a model hang in it
   */
  static boolean isTakenOut(Console console, RunningPlatform platform) throws InterruptedException {
    while (!console.stop().requested()) {
      if (platform.system().getWhenTerminated().toCompletableFuture().isDone()) {
        if (platform.replicas().models().hungCalls() > 0) {
          throw UserException.failed(
              "Model calls hung in this process, so it gave its work to the other workers; see its"
                  + " log, then start it again.");
        }
        console.note(
            "This process was unreachable for too long and was taken out of the cluster; it joins"
                + " again.");
        return true;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return false;
  }
}
