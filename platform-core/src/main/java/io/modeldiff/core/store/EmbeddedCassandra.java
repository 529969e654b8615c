package io.modeldiff.core.store;

import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Cassandra as a child process, with its data under the data directory, listening on
 * loopback only.
 *
 * <p>A server that a killed program left behind is taken over when it is healthy and has the same
 * settings, and stopped otherwise. A server that dies while we run is started again, with growing
 * pauses, for as long as it takes.
 */
public final class EmbeddedCassandra implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedCassandra.class);

  /** After a kill, replaying the commit log on a loaded machine took 46 s; wait well beyond it. */
  private static final Duration READY_PATIENCE = Duration.ofSeconds(240);

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final long LEAST_FREE_BYTES = 256L << 20;

  private final CassandraInstall install;
  private final DataLayout layout;
  private final RememberedPorts ports;
  private final Thread supervisor;

  private volatile CassandraLaunch launch;
  private volatile ProcessHandle process;
  private volatile boolean closing;
  private volatile int restarts;
  private volatile String trouble = "";

  private EmbeddedCassandra(CassandraInstall install, DataDirectory directory) {
    this.install = install;
    this.layout = directory.layout();
    this.ports = directory.ports();
    this.launch = prepare(ports.port("cql"), ports.port("storage"));
    this.process = adoptOrStart();
    this.supervisor = new Thread(this::supervise, "cassandra-supervisor");
    supervisor.setDaemon(true);
    supervisor.start();
  }

  /**
   * Starts the server of a data directory, or takes over the one that runs there, and returns when
   * it answers.
   *
   * @throws UserException when it cannot be started; the sentence says why and what to do
   */
  public static EmbeddedCassandra start(DataDirectory directory, CassandraInstall install) {
    return new EmbeddedCassandra(install, directory);
  }

  /** Where it answers. The port stays the same over restarts. */
  public CassandraEndpoint endpoint() {
    return CassandraEndpoint.loopback(launch.cqlPort());
  }

  /** The process id of the server that runs now. */
  public long pid() {
    return process.pid();
  }

  /** How often it was started again since {@link #start}. */
  public int restarts() {
    return restarts;
  }

  /** Why it does not answer now, or the empty string. */
  public String trouble() {
    return trouble;
  }

  /** Stops the server; it writes down what it holds in memory first. */
  @Override
  public synchronized void close() {
    if (closing) {
      return;
    }
    closing = true;
    supervisor.interrupt();
    try {
      supervisor.join();
      OsProcess.stop(process, STOP_PATIENCE);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private CassandraLaunch prepare(int cqlPort, int storagePort) {
    return new CassandraLaunch(install, layout.cassandra(), cqlPort, storagePort);
  }

  private ProcessHandle adoptOrStart() {
    try {
      for (ProcessHandle left : OsProcess.withArgument(launch.marker())) {
        if (isUsable(left)) {
          LOG.info("Taking over the Cassandra that runs on this data already, pid {}", left.pid());
          recordPid(left);
          return left;
        }
        LOG.info("Stopping a Cassandra that was left behind, pid {}", left.pid());
        OsProcess.stop(left, STOP_PATIENCE);
      }
      launch = prepare(ports.freePort("cql"), ports.freePort("storage"));
      return startNew();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UserException.failed("The start of the embedded Cassandra was interrupted.", e);
    }
  }

  private boolean isUsable(ProcessHandle left) throws InterruptedException {
    return OsProcess.arguments(left).contains(launch.fingerprint()) && awaitReady(left);
  }

  private ProcessHandle startNew() throws InterruptedException {
    checkDisk();
    try {
      launch.writeConfiguration();
      keepPreviousLogs();
      Process child =
          new ProcessBuilder(launch.command())
              .directory(layout.cassandra().toFile())
              .redirectErrorStream(true)
              .redirectOutput(launch.output().toFile())
              .start();
      child.getOutputStream().close();
      ProcessHandle started = child.toHandle();
      recordPid(started);
      LOG.info("Cassandra starts, pid {}, CQL on 127.0.0.1:{}", started.pid(), launch.cqlPort());
      boolean ready = false;
      try {
        ready = awaitReady(started);
      } finally {
        if (!ready) {
          OsProcess.stop(started, STOP_PATIENCE);
        }
      }
      if (!ready) {
        throw CassandraTrouble.explain(launch);
      }
      return started;
    } catch (IOException e) {
      throw UserException.failed(
          "The embedded Cassandra could not be started in "
              + layout.cassandra()
              + " ("
              + e.getMessage()
              + "); repair that, or name an external cluster with --cassandra host:port.",
          e);
    }
  }

  /** So that what the logs say about a failed start is about this start. */
  private void keepPreviousLogs() throws IOException {
    for (Path log : List.of(launch.output(), launch.systemLog())) {
      if (Files.exists(log)) {
        Files.move(
            log,
            log.resolveSibling("previous-" + log.getFileName()),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private void checkDisk() {
    long free = layout.root().toFile().getUsableSpace();
    if (free < LEAST_FREE_BYTES) {
      throw UserException.failed(
          "Only "
              + (free >> 20)
              + " MiB are free where "
              + layout.root()
              + " lies and Cassandra needs at least "
              + (LEAST_FREE_BYTES >> 20)
              + " MiB; free some space, or name a data directory on another disk with --data DIR.");
    }
  }

  private void recordPid(ProcessHandle started) {
    Path file = layout.cassandra().resolve("pid");
    try {
      AtomicFiles.write(file, started.pid() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the server answers; false when it ended or took too long. */
  private boolean awaitReady(ProcessHandle server) throws InterruptedException {
    long deadline = System.nanoTime() + READY_PATIENCE.toNanos();
    while (OsProcess.isAlive(server) && System.nanoTime() - deadline < 0) {
      if (CqlProbe.answers("127.0.0.1", launch.cqlPort(), PROBE_TIMEOUT)) {
        return OsProcess.isAlive(server);
      }
      Thread.sleep(50);
    }
    return false;
  }

  private void supervise() {
    int failures = 0;
    try {
      while (!closing) {
        if (OsProcess.isAlive(process)) {
          Thread.sleep(LOOK_EVERY.toMillis());
          continue;
        }
        failures = restart(failures);
      }
    } catch (InterruptedException e) {
      LOG.debug("Cassandra is not watched any more");
    }
  }

  /**
   * One attempt to bring the server back, on the same ports, which its clients know; returns how
   * many failed in a row.
   */
  private int restart(int failures) throws InterruptedException {
    if (failures == 0) {
      trouble = "Cassandra ended unexpectedly and is started again.";
      LOG.warn("Cassandra (pid {}) ended unexpectedly; starting it again", process.pid());
    } else {
      Thread.sleep(pause(failures).toMillis());
    }
    try {
      restarts++;
      process = startNew();
      trouble = "";
      LOG.info("Cassandra is back, pid {}", process.pid());
      return 0;
    } catch (UserException | UncheckedIOException e) {
      trouble = String.valueOf(e.getMessage());
      LOG.warn("{} Trying again in {} s", trouble, pause(failures + 1).toSeconds());
      return failures + 1;
    }
  }

  private static Duration pause(int failures) {
    Duration pause = Duration.ofSeconds(1L << Math.min(failures - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** All processes that serve this data directory; empty after a clean stop. */
  static List<ProcessHandle> serversOf(DataLayout layout) {
    return OsProcess.withArgument("-Dmodeldiff.store=" + layout.cassandra());
  }
}
