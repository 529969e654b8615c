package io.modeldiff.core.platform;

import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.Config;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.ops.Health;
import io.modeldiff.core.ops.Metrics;
import io.modeldiff.core.ops.OpsServer;
import io.modeldiff.core.store.DataDirectory;
import io.modeldiff.core.store.Store;
import io.modeldiff.core.store.StoreKeyspaces;
import io.modeldiff.core.store.StoreSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.management.cluster.bootstrap.ClusterBootstrap;
import org.apache.pekko.management.javadsl.PekkoManagement;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSession;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSessionRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running process of the platform: data directory, store, actor system, cluster membership. */
public final class Platform implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Platform.class);
  private static final Duration UP_PATIENCE = Duration.ofSeconds(120);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(40);

  /** How long members that were there before may stand still until we go on without them. */
  private static final Duration REJOIN_PATIENCE = Duration.ofSeconds(30);

  /** The settings under which every part of a process shares one session with the store. */
  private static final String SESSION = "pekko.persistence.cassandra";

  private final PlatformOptions options;
  private final DataDirectory directory;
  private final Store store;
  private final ActorSystem<SpawnProtocol.Command> system;
  private final OpsServer ops;
  private final Thread hook;
  private boolean closed;

  private Platform(
      PlatformOptions options,
      DataDirectory directory,
      Store store,
      ActorSystem<SpawnProtocol.Command> system) {
    this.options = options;
    this.directory = directory;
    this.store = store;
    this.system = system;
    this.ops = startOps();
    this.hook = new Thread(this::closeAtExit, "platform-exit");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts the process's platform and returns when it is a member of its cluster. Waits for as long
   * as the store does not answer.
   *
   * @param say told in a sentence what is being waited for
   * @throws UserException when the data directory is in use, the embedded store cannot be started,
   *     the schema is missing, or no cluster is reached
   */
  public static Platform start(PlatformOptions options, Consumer<String> say) {
    DataDirectory directory = DataDirectory.open(options.data());
    Store store = null;
    Platform platform = null;
    try {
      store = options.cassandra().map(Store::external).orElseGet(() -> embedded(directory, say));
      awaitStore(store, say);
      platform = new Platform(options, directory, store, createSystem(options, directory, store));
      platform.prepareSchema();
      platform.joinCluster();
      return platform;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UserException.failed("The start was interrupted.", e);
    } finally {
      // A start that failed half-way leaves nothing behind.
      if (platform == null) {
        if (store != null) {
          store.close();
        }
        directory.close();
      } else if (!platform.isUp()) {
        platform.close();
      }
    }
  }

  private static Store embedded(DataDirectory directory, Consumer<String> say) {
    say.accept("Starting Cassandra in " + directory.layout().cassandra() + ".");
    return Store.embedded(directory);
  }

  private static void awaitStore(Store store, Consumer<String> say) throws InterruptedException {
    if (!store.health().status().isUp()) {
      say.accept(store.health().status().sentence());
      store.health().awaitUp();
    }
    say.accept(store.health().status().sentence());
  }

  private static ActorSystem<SpawnProtocol.Command> createSystem(
      PlatformOptions options, DataDirectory directory, Store store) {
    int port = options.port().orElseGet(() -> directory.ports().freePort("cluster"));
    PlatformConfig config =
        new PlatformConfig(
            options.roles(),
            options.host(),
            port,
            store.endpoint(),
            options.keyspaces(),
            options.overrides());
    return ActorSystem.create(SpawnProtocol.create(), PlatformConfig.SYSTEM, config.toConfig());
  }

  /** Loopback and a remembered port, unless an operator has named others. */
  private OpsServer startOps() {
    Config config = system.settings().config().getConfig("modeldiff.ops");
    int port = config.getInt("port");
    Metrics metrics = Metrics.get(system);
    metrics.gauge(
        "modeldiff_store_up",
        "Whether Cassandra answers (1) or is waited for (0)",
        () -> store.health().status().isUp() ? 1 : 0);
    return OpsServer.start(
        config.getString("host"),
        port == 0 ? directory.ports().freePort("ops") : port,
        this::health,
        metrics::scrape);
  }

  /** Whether this process lives and is ready for work. */
  public Health health() {
    return Health.of(system, store.health());
  }

  /** The port on which metrics and health are served. */
  public int opsPort() {
    return ops.port();
  }

  private void prepareSchema() {
    CqlSession session = await(session().underlying(), "a session with Cassandra");
    if (options.cassandra().isEmpty()) {
      StoreSchema.create(session, options.keyspaces(), 1);
    } else if (options.createSchema().isPresent()) {
      StoreSchema.create(session, options.keyspaces(), options.createSchema().getAsInt());
    } else {
      StoreSchema.require(session, options.keyspaces(), store.endpoint());
    }
  }

  private void joinCluster() throws InterruptedException {
    Cluster cluster = Cluster.get(system);
    if (system.settings().config().getString("modeldiff.cluster.bootstrap").equals("kubernetes")) {
      PekkoManagement.get(system).start();
      ClusterBootstrap.get(system).start();
    } else {
      join(cluster);
    }
    long deadline = System.nanoTime() + UP_PATIENCE.toNanos();
    while (!isUp()) {
      if (System.nanoTime() - deadline > 0) {
        throw UserException.failed(
            "No cluster was reached at "
                + String.join(", ", options.join())
                + " within "
                + UP_PATIENCE.toSeconds()
                + " s; check that a coordinator runs there and that the address is the one it"
                + " prints.");
      }
      Thread.sleep(20);
    }
    // Only now: until here the members that we look for are not among those that we see.
    Peers.remember(system, directory.layout());
    LOG.info("Up at {} as {}", cluster.selfMember().address(), cluster.selfMember().getRoles());
  }

  /**
   * Joins the members named. Where none are, joins those that were there before, for as long as one
   * of their processes lives, and forms a cluster of its own otherwise.
   */
  private void join(Cluster cluster) throws InterruptedException {
    if (!options.join().isEmpty()) {
      cluster.manager().tell(new JoinSeedNodes(addresses(options.join())));
      return;
    }
    List<String> before = Peers.read(directory.layout());
    if (Peers.anyListens(before)) {
      cluster.manager().tell(new JoinSeedNodes(addresses(before)));
      long deadline = System.nanoTime() + REJOIN_PATIENCE.toNanos();
      while (!isUp() && Peers.anyListens(before) && System.nanoTime() - deadline < 0) {
        Thread.sleep(100);
      }
    }
    if (!isUp()) {
      List<Address> seeds = new ArrayList<>(List.of(cluster.selfMember().address()));
      // Nobody answers where nothing listens; asking would only take time.
      seeds.addAll(Peers.anyListens(before) ? addresses(before) : List.of());
      cluster.manager().tell(new JoinSeedNodes(seeds));
    }
  }

  private static List<Address> addresses(List<String> members) {
    return members.stream()
        .map(m -> AddressFromURIString.parse(PlatformConfig.address(m)))
        .toList();
  }

  private boolean isUp() {
    return Cluster.get(system).selfMember().status() == MemberStatus.up();
  }

  private static <T> T await(CompletionStage<T> stage, String what) {
    try {
      return stage.toCompletableFuture().get(UP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UserException.failed("Waiting for " + what + " was interrupted.", e);
    } catch (ExecutionException | TimeoutException e) {
      throw UserException.failed(
          "There is no " + what + " (" + e.getMessage() + "); see the log for why.", e);
    }
  }

  /** The actor system; {@link SpawnProtocol} spawns what the process needs. */
  public ActorSystem<SpawnProtocol.Command> system() {
    return system;
  }

  /** The session with the store that every part of this process shares. */
  public CassandraSession session() {
    return session(system);
  }

  /** The session with the store that every part of an actor system's process shares. */
  public static CassandraSession session(ActorSystem<?> system) {
    return CassandraSessionRegistry.get(system).sessionFor(SESSION);
  }

  /** The store. */
  public Store store() {
    return store;
  }

  /** The store's keyspaces. */
  public StoreKeyspaces keyspaces() {
    return options.keyspaces();
  }

  /** The data directory that this process holds. */
  public DataDirectory directory() {
    return directory;
  }

  /** The address by which others join this process's cluster, as {@code host:port}. */
  public String address() {
    return Cluster.get(system).selfMember().address().hostPort().replaceFirst("^.*@", "");
  }

  /** Leaves the cluster, stops the actor system, then the embedded store. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    forgetHook();
    system.terminate();
    releaseStore();
  }

  private void forgetHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("The process is ending already", e);
    }
  }

  /** At the process's end the actor system's own hook stops it; the store goes last. */
  private void closeAtExit() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    releaseStore();
  }

  private void releaseStore() {
    try {
      system
          .getWhenTerminated()
          .toCompletableFuture()
          .get(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("The actor system did not stop in time: {}", e.toString());
    }
    ops.close();
    store.close();
    directory.close();
  }
}
