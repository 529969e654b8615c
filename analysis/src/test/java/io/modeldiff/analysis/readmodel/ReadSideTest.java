package io.modeldiff.analysis.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.modeldiff.analysis.projection.Recorded;
import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.CampaignPaused;
import io.modeldiff.core.campaign.CampaignEvent.RoundClosed;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.campaign.ReplicaEvent.ReplicaAdvanced;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.platform.Platform;
import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.core.store.EmbeddedCassandraExtension;
import io.modeldiff.core.store.StoreKeyspaces;
import io.modeldiff.core.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(EmbeddedCassandraExtension.class)
class ReadSideTest {
  private static final long SEED = 7;
  private static final int ROUNDS = 60;
  private static final Instant NOW = Instant.now();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path data;

  /**
   * Tags come later than later events of the same history, or never; the process is stopped half
   * way; the tables are rebuilt. They always end up as the events say.
   */
  @Test
  void tables_tagsLateOrMissingAndRestartAndRebuild_holdEveryEventOnce(TestStore store)
      throws Exception {
    InventedCampaign invented = new InventedCampaign(SEED);
    List<List<ReplicaAdvanced>> replicas = new ArrayList<>();
    List<CampaignEvent> events = new ArrayList<>(InventedCampaign.beginning("c"));
    for (int round = 0; round < ROUNDS; round++) {
      replicas.add(invented.advanced(round));
      events.add(InventedCampaign.closed(round, replicas.get(round)));
    }
    events.add(new CampaignPaused(Cause.now("ben", "lunch")));
    PlatformOptions options = options(store.endpoint().toString(), store.freshKeyspaces());

    // every third event has a tag, which is written up to three seconds late; the last has none
    Predicate<CampaignEvent> some = e -> e instanceof RoundClosed r && r.round() % 3 == 0;
    Tables first;
    try (Platform platform = Platform.start(options, sentence -> {})) {
      ReadSide readSide = new ReadSide(platform.system(), platform.keyspaces()).start();
      writeReplicas(platform.system(), replicas);
      var campaign =
          HistoryWriters.spawn(
              platform.system(),
              Histories.campaign("c"),
              Histories.tag(Histories.CAMPAIGN, "c"),
              some);
      HistoryWriters.write(platform.system(), campaign, events.subList(0, 32));
      awaitRounds(readSide, 10);
      HistoryWriters.write(platform.system(), campaign, events.subList(32, 40));
    }
    try (Platform platform = Platform.start(options, sentence -> {})) {
      ReadSide readSide = new ReadSide(platform.system(), platform.keyspaces()).start();
      var campaign =
          HistoryWriters.spawn(
              platform.system(),
              Histories.campaign("c"),
              Histories.tag(Histories.CAMPAIGN, "c"),
              some);
      HistoryWriters.write(platform.system(), campaign, events.subList(40, events.size()));
      awaitStatus(readSide, CampaignProgress.Status.PAUSED);
      first = Tables.read(platform.system(), readSide);
      assertThat(first).isEqualTo(Tables.expected(events, replicas));

      readSide.rebuild("campaigns").toCompletableFuture().join();
      awaitStatus(readSide, CampaignProgress.Status.PAUSED);
      assertThat(Tables.read(platform.system(), readSide)).isEqualTo(first);
    }
  }

  private PlatformOptions options(String endpoint, StoreKeyspaces keyspaces) {
    return PlatformOptions.local(data)
        .withCassandra(io.modeldiff.core.store.CassandraEndpoint.parse(endpoint, "datacenter1"))
        .withKeyspaces(keyspaces)
        .withOverrides(
            ConfigFactory.parseString(
                "pekko.persistence.cassandra.events-by-tag.flush-interval = 3s\n"
                    + "modeldiff.read-side.sweep-every = 4s"));
  }

  private static void writeReplicas(
      ActorSystem<SpawnProtocol.Command> system, List<List<ReplicaAdvanced>> rounds) {
    for (int k = 0; k < InventedCampaign.REPLICAS; k++) {
      int replica = k;
      ActorRef<HistoryWriter.Write<ReplicaAdvanced>> writer =
          HistoryWriters.spawn(system, Histories.replica("c", k), "none", e -> false);
      HistoryWriters.write(
          system, writer, rounds.stream().map(round -> round.get(replica)).toList());
    }
  }

  private static void awaitRounds(ReadSide readSide, long rounds) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - deadline < 0) {
      var progress = readSide.campaign("c").toCompletableFuture().join();
      if (progress.isPresent() && progress.get().rounds() >= rounds) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("seed " + SEED + ": fewer than " + rounds + " rounds were projected");
  }

  private static void awaitStatus(ReadSide readSide, CampaignProgress.Status status)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - deadline < 0) {
      var progress = readSide.campaign("c").toCompletableFuture().join();
      if (progress.isPresent() && progress.get().status() == status) {
        // the other tables of the last group may be a moment behind
        Thread.sleep(1000);
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("seed " + SEED + ": " + status + " was never projected");
  }

  /** Everything that the tables hold of the campaign, in a form that can be compared. */
  private record Tables(
      String progress,
      List<String> histograms,
      List<String> swaps,
      List<String> walks,
      List<String> samples,
      List<String> changes) {

    static Tables read(ActorSystem<?> system, ReadSide readSide) {
      List<String> samples = new ArrayList<>();
      for (int k = 0; k < InventedCampaign.REPLICAS; k++) {
        samples.addAll(
            readSide
                .samples("c", k, 0, ROUNDS)
                .map(Tables::text)
                .runWith(Sink.seq(), system)
                .toCompletableFuture()
                .join());
      }
      return new Tables(
          Documents.write(readSide.campaign("c").toCompletableFuture().join().orElseThrow()),
          readSide.histograms("c").toCompletableFuture().join().stream()
              .map(Documents::write)
              .sorted()
              .toList(),
          readSide.swaps("c").toCompletableFuture().join().stream()
              .map(Documents::write)
              .sorted()
              .toList(),
          readSide
              .walks("c", 0, ROUNDS)
              .map(Documents::write)
              .runWith(Sink.seq(), system)
              .toCompletableFuture()
              .join(),
          samples,
          readSide.changes("c").toCompletableFuture().join().stream()
              .map(c -> c.sequenceNr() + " " + c.change())
              .toList());
    }

    private static String text(KeptSamples s) {
      return Documents.write(s);
    }

    /** The same, straight from the events. */
    static Tables expected(List<CampaignEvent> events, List<List<ReplicaAdvanced>> replicas) {
      CampaignProgress progress = CampaignProgress.none("c");
      for (CampaignEvent event : events) {
        progress = CampaignProgress.after(progress, new Recorded<>("campaign|c", 1, NOW, event));
      }
      RoundSums sums = RoundSums.NONE;
      List<String> walks = new ArrayList<>();
      for (CampaignEvent event : events) {
        if (event instanceof RoundClosed r) {
          sums = sums.plus(r.phase(), r.histogram(), r.swaps());
          walks.add(Documents.write(new RoundWalk(r.round(), r.rungs())));
        }
      }
      List<String> samples = new ArrayList<>();
      for (int k = 0; k < InventedCampaign.REPLICAS; k++) {
        for (int round = InventedCampaign.SAMPLING_FROM; round < ROUNDS; round++) {
          addInside(samples, k, replicas.get(round).get(k));
        }
      }
      return new Tables(
          Documents.write(progress),
          sums.bins().entrySet().stream()
              .map(
                  e ->
                      Documents.write(
                          new RungHistogram(
                              0,
                              e.getKey().phase(),
                              e.getKey().index(),
                              e.getValue().keySet().stream().mapToInt(i -> i).toArray(),
                              e.getValue().values().stream().mapToLong(l -> l).toArray())))
              .sorted()
              .toList(),
          sums.pairs().entrySet().stream()
              .map(
                  e ->
                      Documents.write(
                          new PairSwaps(
                              0,
                              e.getKey().phase(),
                              e.getKey().index(),
                              e.getValue().tried(),
                              e.getValue().accepted(),
                              e.getValue().rejection())))
              .sorted()
              .toList(),
          walks,
          samples,
          List.of("1 campaign-started", "2 ladder-frozen", events.size() + " campaign-paused"));
    }

    private static void addInside(List<String> samples, int replica, ReplicaAdvanced e) {
      int[] inside =
          java.util.stream.IntStream.range(0, InventedCampaign.LANES)
              .filter(
                  lane ->
                      InventedCampaign.SPEC
                          .z()
                          .contains(e.energies()[lane] / InventedCampaign.LENGTH))
              .toArray();
      if (inside.length > 0) {
        samples.add(
            Documents.write(
                new KeptSamples(
                    replica,
                    e.round(),
                    0,
                    inside,
                    java.util.Arrays.stream(inside).map(l -> e.rung()[l]).toArray(),
                    java.util.Arrays.stream(inside).mapToDouble(l -> e.energies()[l]).toArray(),
                    java.util.Arrays.stream(inside)
                        .mapToObj(l -> e.tokens()[l])
                        .toArray(int[][]::new))));
      }
    }
  }
}
