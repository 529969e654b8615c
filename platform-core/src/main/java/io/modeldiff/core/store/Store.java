package io.modeldiff.core.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store of one platform process: an external cluster or the embedded server. */
public final class Store implements AutoCloseable {
  private final CassandraEndpoint endpoint;
  private final StoreHealth health;
  private final @Nullable EmbeddedCassandra embedded;

  private Store(CassandraEndpoint endpoint, @Nullable EmbeddedCassandra embedded) {
    this.endpoint = endpoint;
    this.embedded = embedded;
    this.health = new StoreHealth(endpoint, embedded == null ? () -> "" : embedded::trouble);
  }

  /** An external cluster; nothing is started, and it need not answer yet. */
  public static Store external(CassandraEndpoint endpoint) {
    return new Store(endpoint, null);
  }

  /** The embedded server of a data directory, which answers when this returns. */
  public static Store embedded(DataDirectory directory) {
    EmbeddedCassandra server = EmbeddedCassandra.start(directory, CassandraInstall.find());
    return new Store(server.endpoint(), server);
  }

  /** Where the store answers. */
  public CassandraEndpoint endpoint() {
    return endpoint;
  }

  /** How the store is. */
  public StoreHealth health() {
    return health;
  }

  /** The embedded server, where this is one. */
  public Optional<EmbeddedCassandra> embeddedServer() {
    return Optional.ofNullable(embedded);
  }

  @Override
  public void close() {
    health.close();
    if (embedded != null) {
      embedded.close();
    }
  }
}
