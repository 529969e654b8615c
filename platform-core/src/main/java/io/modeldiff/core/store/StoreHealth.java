package io.modeldiff.core.store;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches whether the store answers and tells whoever listens when that changes. It only says so:
 * what waits for the store waits in its own way and goes on by itself.
 */
public final class StoreHealth implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreHealth.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final CassandraEndpoint endpoint;
  private final Supplier<String> trouble;
  private final List<Consumer<StoreStatus>> listeners = new CopyOnWriteArrayList<>();
  private final Thread watcher;
  private volatile StoreStatus status;

  /**
   * Looks once, now, then every second.
   *
   * @param endpoint what to watch; up means that one of its contact points answers
   * @param trouble what the one who runs the server knows about it; may be empty
   */
  public StoreHealth(CassandraEndpoint endpoint, Supplier<String> trouble) {
    this.endpoint = endpoint;
    this.trouble = trouble;
    this.status = look();
    this.watcher = new Thread(this::watch, "store-health");
    watcher.setDaemon(true);
    watcher.start();
  }

  /** How the store is now. */
  public StoreStatus status() {
    return status;
  }

  /** Calls the listener at each change from now on, on the watcher's thread: return quickly. */
  public void onChange(Consumer<StoreStatus> listener) {
    listeners.add(listener);
  }

  /** Waits until the store answers. */
  public void awaitUp() throws InterruptedException {
    while (!status.isUp()) {
      Thread.sleep(100);
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(EVERY.toMillis());
        StoreStatus seen = look();
        if (!seen.sentence().equals(status.sentence())) {
          status = seen;
          LOG.info("{}", seen.sentence());
          listeners.forEach(listener -> listener.accept(seen));
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("The store is not watched any more");
    }
  }

  private StoreStatus look() {
    boolean up = endpoint.contactPoints().stream().anyMatch(StoreHealth::answers);
    if (up) {
      return new StoreStatus(
          StoreStatus.State.UP, "Cassandra answers at " + endpoint + ".", Instant.now());
    }
    String known = trouble.get();
    return new StoreStatus(
        StoreStatus.State.WAITING,
        "Waiting for Cassandra at "
            + endpoint
            + (known.isEmpty() ? "; work goes on by itself as soon as it answers." : ": " + known),
        Instant.now());
  }

  private static boolean answers(InetSocketAddress point) {
    return CqlProbe.answers(point.getHostString(), point.getPort(), TIMEOUT);
  }
}
