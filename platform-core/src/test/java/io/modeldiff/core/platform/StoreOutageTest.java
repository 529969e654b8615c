package io.modeldiff.core.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.store.EmbeddedCassandraExtension;
import io.modeldiff.core.store.ListeningSockets;
import io.modeldiff.core.store.StoreKeyspaces;
import io.modeldiff.core.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(EmbeddedCassandraExtension.class)
class StoreOutageTest {
  private static final int STEPS = 60;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  @TempDir Path data;

  @Test
  void add_cassandraKilledOnTheWay_goesOnAndKeepsEveryAcknowledgedEvent(TestStore store)
      throws Exception {
    var options =
        PlatformOptions.local(data)
            .withCassandra(store.endpoint())
            .withCreateSchema(1)
            .withKeyspaces(store.freshKeyspaces());
    long killed = store.server().pid();
    int restarts = store.server().restarts();
    try (Platform platform = Platform.start(options, sentence -> {})) {
      for (long pid : new long[] {ProcessHandle.current().pid(), killed}) {
        assertThat(ListeningSockets.of(pid)).isNotEmpty();
        assertThat(ListeningSockets.beyondLoopback(pid)).as("process %d", pid).isEmpty();
      }
      assertThat(platform.health().sentences()).isEmpty();
      ActorRef<Counter.Command> counter = Counters.spawn(platform.system(), "c");
      for (long step = 1; step <= STEPS; step++) {
        if (step == STEPS / 2) {
          ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        }
        addUntilAcknowledged(platform.system(), counter, step);
      }
      assertThat(store.server().pid()).isNotEqualTo(killed);
      assertThat(store.server().restarts()).isEqualTo(restarts + 1);
      assertThat(platform.store().health().status().isUp()).isTrue();
    }
    try (Platform again = Platform.start(options, sentence -> {})) {
      ActorRef<Counter.Command> counter = Counters.spawn(again.system(), "c");
      Counter.Total total =
          Counters.ask(again.system(), counter, Counter.Get::new, Duration.ofSeconds(30));
      assertThat(total.steps()).isEqualTo(STEPS);
    }
  }

  @Test
  void start_cassandraAway_waitsSaysSoAndComesUpByItself(TestStore store) {
    var options =
        PlatformOptions.local(data)
            .withCassandra(store.endpoint())
            .withKeyspaces(store.freshKeyspaces());
    ProcessHandle server = ProcessHandle.of(store.server().pid()).orElseThrow();
    server.destroyForcibly();
    server.onExit().join();
    List<String> said = new CopyOnWriteArrayList<>();
    try (Platform platform = Platform.start(options, said::add)) {
      assertThat(said).first().asString().startsWith("Waiting for Cassandra at");
      assertThat(said).last().asString().startsWith("Cassandra answers at");
      assertThat(platform.health().sentences()).isEmpty();
    }
  }

  @Test
  void start_externalStoreWithoutSchema_saysWhatIsMissing(TestStore store) {
    var options =
        PlatformOptions.local(data)
            .withCassandra(store.endpoint())
            .withKeyspaces(new StoreKeyspaces("nowhere"));
    assertThatThrownBy(() -> Platform.start(options, sentence -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("nowhere");
  }

  /** A step that was not acknowledged is asked for again; the actor takes it once. */
  private static void addUntilAcknowledged(
      ActorSystem<?> system, ActorRef<Counter.Command> counter, long step) {
    long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (true) {
      try {
        Counter.Total total =
            Counters.ask(system, counter, to -> new Counter.Add(step, to), PATIENCE);
        assertThat(total.steps()).isEqualTo(step);
        return;
      } catch (CompletionException e) {
        if (System.nanoTime() - deadline > 0) {
          throw e;
        }
      }
    }
  }
}
