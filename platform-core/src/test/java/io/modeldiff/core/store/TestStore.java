package io.modeldiff.core.store;

import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import io.modeldiff.core.platform.PlatformConfig;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** The one Cassandra of a test JVM, for the tests of every module. */
public final class TestStore {
  private static final AtomicInteger FRESH = new AtomicInteger();

  private final DataDirectory directory;
  private final EmbeddedCassandra server;

  TestStore(DataDirectory directory, EmbeddedCassandra server) {
    this.directory = directory;
    this.server = server;
  }

  /** Where it answers. */
  public CassandraEndpoint endpoint() {
    return server.endpoint();
  }

  /** The server, for tests that kill it. */
  public EmbeddedCassandra server() {
    return server;
  }

  /** Keyspaces that no other test uses, with all their tables. */
  public StoreKeyspaces freshKeyspaces() {
    StoreKeyspaces keyspaces = new StoreKeyspaces("t" + FRESH.incrementAndGet());
    try (CqlSession session = newSession()) {
      StoreSchema.create(session, keyspaces, 1);
    }
    return keyspaces;
  }

  /** The shipped configuration of an actor system with every role on fresh keyspaces. */
  public Config freshConfig() {
    return PlatformConfig.local(endpoint(), freshKeyspaces()).toConfig();
  }

  /** A session of its own; close it. */
  public CqlSession newSession() {
    var builder = CqlSession.builder().withLocalDatacenter(endpoint().datacenter());
    for (InetSocketAddress point : endpoint().contactPoints()) {
      builder.addContactPoint(new InetSocketAddress(point.getHostString(), point.getPort()));
    }
    return builder.build();
  }

  void close() {
    server.close();
    directory.close();
  }
}
