package io.modeldiff.core.platform;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.modeldiff.core.store.CassandraEndpoint;
import io.modeldiff.core.store.StoreKeyspaces;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a person says when a process of the platform is started.
 *
 * @param data the data directory
 * @param roles what the process does
 * @param cassandra an external store; empty: the embedded one
 * @param createSchema the number of replicas to create the external store's schema with, where it
 *     is missing; empty: an operator has run the script
 * @param keyspaces the store's keyspaces
 * @param host the address that the cluster protocol listens on
 * @param port its port; empty: one that is picked once and remembered in the data directory
 * @param join members of a cluster to join, as {@code host:port}; empty: form one
 * @param overrides Pekko settings that win over the shipped ones
 */
public record PlatformOptions(
    Path data,
    Set<Role> roles,
    Optional<CassandraEndpoint> cassandra,
    OptionalInt createSchema,
    StoreKeyspaces keyspaces,
    String host,
    OptionalInt port,
    List<String> join,
    Config overrides) {

  /** Every role, the embedded store, loopback only. */
  public static PlatformOptions local(Path data) {
    return new PlatformOptions(
        data,
        Role.all(),
        Optional.empty(),
        OptionalInt.empty(),
        StoreKeyspaces.DEFAULT,
        "127.0.0.1",
        OptionalInt.empty(),
        List.of(),
        ConfigFactory.empty());
  }

  /** The same with an external store. */
  public PlatformOptions withCassandra(CassandraEndpoint endpoint) {
    return new PlatformOptions(
        data, roles, Optional.of(endpoint), createSchema, keyspaces, host, port, join, overrides);
  }

  /** The same, creating what is missing of the external store's schema. */
  public PlatformOptions withCreateSchema(int replicas) {
    return new PlatformOptions(
        data, roles, cassandra, OptionalInt.of(replicas), keyspaces, host, port, join, overrides);
  }

  /** The same with other keyspaces. */
  public PlatformOptions withKeyspaces(StoreKeyspaces other) {
    return new PlatformOptions(
        data, roles, cassandra, createSchema, other, host, port, join, overrides);
  }

  /** The same with other roles. */
  public PlatformOptions withRoles(Set<Role> other) {
    return new PlatformOptions(
        data, other, cassandra, createSchema, keyspaces, host, port, join, overrides);
  }

  /** The same, listening elsewhere. */
  public PlatformOptions withAddress(String otherHost, int otherPort) {
    return new PlatformOptions(
        data,
        roles,
        cassandra,
        createSchema,
        keyspaces,
        otherHost,
        OptionalInt.of(otherPort),
        join,
        overrides);
  }

  /** The same, joining a cluster. */
  public PlatformOptions withJoin(List<String> members) {
    return new PlatformOptions(
        data, roles, cassandra, createSchema, keyspaces, host, port, members, overrides);
  }

  /** The same with settings that win over the shipped ones. */
  public PlatformOptions withOverrides(Config settings) {
    return new PlatformOptions(
        data, roles, cassandra, createSchema, keyspaces, host, port, join, settings);
  }
}
