package io.modeldiff.core.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The embedded servers of a data directory, for tests that kill them. */
public final class StoreProcesses {
  private StoreProcesses() {}

  /** Those that run now. */
  public static List<Long> of(Path data) {
    return EmbeddedCassandra.serversOf(new DataLayout(data)).stream()
        .map(ProcessHandle::pid)
        .toList();
  }

  /** Kill -9, then waits for the end. */
  public static void kill(long pid) throws InterruptedException {
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    OsProcess.awaitEnd(process, Duration.ofSeconds(30));
  }

  /** Stops what a test left behind. */
  public static void stopAll(Path data) throws InterruptedException {
    for (ProcessHandle server : EmbeddedCassandra.serversOf(new DataLayout(data))) {
      OsProcess.stop(server, Duration.ofSeconds(30));
    }
  }
}
