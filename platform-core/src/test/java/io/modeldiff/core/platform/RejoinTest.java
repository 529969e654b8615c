package io.modeldiff.core.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.core.store.DataLayout;
import io.modeldiff.core.store.EmbeddedCassandraExtension;
import io.modeldiff.core.store.TestStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator that was away finds its workers again instead of forming a second cluster. */
@ExtendWith(EmbeddedCassandraExtension.class)
class RejoinTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path data;

  private PlatformOptions coordinator(TestStore store) {
    return PlatformOptions.local(data.resolve("coordinator"))
        .withRoles(Set.of(Role.COORDINATOR))
        .withCassandra(store.endpoint())
        .withCreateSchema(1)
        .withKeyspaces(store.freshKeyspaces());
  }

  private Platform worker(TestStore store, PlatformOptions coordinator, Platform joined) {
    return Platform.start(
        PlatformOptions.local(data.resolve("worker"))
            .withRoles(Set.of(Role.GPU_WORKER))
            .withCassandra(store.endpoint())
            .withKeyspaces(coordinator.keyspaces())
            .withJoin(List.of(joined.address())),
        sentence -> {});
  }

  @Test
  void start_stoppedWhileAWorkerLivedOn_joinsTheWorker(TestStore store) throws Exception {
    PlatformOptions options = coordinator(store);
    Platform first = Platform.start(options, sentence -> {});
    try (first;
        Platform worker = worker(store, options, first)) {
      awaitRemembered(worker.address());
      first.close();
      try (Platform again = Platform.start(options, sentence -> {})) {
        assertThat(members(again)).containsExactlyInAnyOrder(again.address(), worker.address());
      }
    }
  }

  @Test
  void start_membersOfOldGone_formsAClusterOfItsOwn(TestStore store) throws Exception {
    PlatformOptions options = coordinator(store);
    Path peers = new DataLayout(options.data()).peers();
    Files.createDirectories(peers.getParent());
    Files.write(peers, List.of("127.0.0.1:1"));
    try (Platform alone = Platform.start(options, sentence -> {})) {
      assertThat(members(alone)).containsExactly(alone.address());
    }
  }

  @Test
  void worthKnowing_takenOutOfTheCluster_keepsTheMembersOfBefore() {
    List<String> workers = List.of("127.0.0.1:1");
    for (MemberStatus out :
        List.of(MemberStatus.down(), MemberStatus.removed(), MemberStatus.exiting())) {
      assertThat(Peers.worthKnowing(out, List.of(), workers)).isEqualTo(workers);
    }
    assertThat(Peers.worthKnowing(MemberStatus.up(), List.of(), workers)).isEmpty();
  }

  @Test
  void start_takenOutWhileAWorkerLivedOn_joinsTheWorker(TestStore store) throws Exception {
    PlatformOptions options = coordinator(store);
    Platform first = Platform.start(options, sentence -> {});
    try (first;
        Platform worker = worker(store, options, first)) {
      awaitRemembered(worker.address());
      Cluster cluster = Cluster.get(first.system());
      cluster.manager().tell(new Down(cluster.selfMember().address()));
      first.system().getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
      first.close();
      try (Platform again = Platform.start(options, sentence -> {})) {
        assertThat(members(again)).containsExactlyInAnyOrder(again.address(), worker.address());
      }
    }
  }

  private void awaitRemembered(String member) throws Exception {
    Path peers = new DataLayout(data.resolve("coordinator")).peers();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(peers) || !Files.readAllLines(peers).contains(member)) {
      assertThat(System.nanoTime() - deadline).as("%s in %s", member, peers).isNegative();
      Thread.sleep(50);
    }
  }

  private static List<String> members(Platform platform) {
    List<String> members = new ArrayList<>();
    Cluster.get(platform.system())
        .state()
        .getMembers()
        .forEach(m -> members.add(m.address().hostPort().replaceFirst("^.*@", "")));
    return members;
  }
}
