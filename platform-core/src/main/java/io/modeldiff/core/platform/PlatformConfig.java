package io.modeldiff.core.platform;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.modeldiff.core.store.CassandraEndpoint;
import io.modeldiff.core.store.StoreKeyspaces;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Everything that the actor system of one process is configured by.
 *
 * @param roles what the process does
 * @param host the address that it listens on and that others reach it by
 * @param port the port of the cluster protocol; 0 picks any
 * @param store where the store answers
 * @param keyspaces the store's keyspaces
 * @param overrides settings that win over the shipped ones
 */
public record PlatformConfig(
    Set<Role> roles,
    String host,
    int port,
    CassandraEndpoint store,
    StoreKeyspaces keyspaces,
    Config overrides) {
  /** The actor system's name, the same in every process of a cluster. */
  public static final String SYSTEM = "modeldiff";

  private static final String JOURNAL = "pekko.persistence.cassandra.journal.keyspace";
  private static final String SNAPSHOT = "pekko.persistence.cassandra.snapshot.keyspace";
  private static final String OFFSETS = "pekko.projection.cassandra.offset-store.keyspace";

  /** A process with every role on loopback, any port, a cluster of its own. */
  public static PlatformConfig local(CassandraEndpoint store, StoreKeyspaces keyspaces) {
    return new PlatformConfig(Role.all(), "127.0.0.1", 0, store, keyspaces, ConfigFactory.empty());
  }

  /** The configuration for {@code ActorSystem.create}. */
  public Config toConfig() {
    return ConfigFactory.defaultOverrides()
        .withFallback(overrides)
        .withFallback(own())
        .withFallback(ConfigFactory.parseResources(PlatformConfig.class, "platform.conf"))
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }

  private Config own() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("pekko.remote.artery.canonical.hostname", host);
    values.put("pekko.remote.artery.canonical.port", port);
    values.put("pekko.cluster.roles", roles.stream().map(Role::word).toList());
    values.put("datastax-java-driver.basic.contact-points", store.hostPorts());
    values.put(
        "datastax-java-driver.basic.load-balancing-policy.local-datacenter", store.datacenter());
    values.put(JOURNAL, keyspaces.journal());
    values.put(SNAPSHOT, keyspaces.snapshot());
    values.put(OFFSETS, keyspaces.read());
    Config config = ConfigFactory.empty();
    for (Map.Entry<String, Object> value : values.entrySet()) {
      config = config.withValue(value.getKey(), ConfigValueFactory.fromAnyRef(value.getValue()));
    }
    return config;
  }

  /** The cluster address of {@code host:port}. */
  static String address(String hostPort) {
    return "pekko://" + SYSTEM + "@" + hostPort;
  }
}
