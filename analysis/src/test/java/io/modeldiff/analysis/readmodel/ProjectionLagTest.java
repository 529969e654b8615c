package io.modeldiff.analysis.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.ReplicaEvent.ReplicaAdvanced;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.platform.Platform;
import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.core.store.EmbeddedCassandraExtension;
import io.modeldiff.core.store.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From the journal to the read tables with the shipped settings: p99 of at most 5 s. */
@Tag("heavy")
@ExtendWith(EmbeddedCassandraExtension.class)
class ProjectionLagTest {
  private static final long SEED = 11;
  private static final int ROUNDS = 200;

  @TempDir Path data;

  @Test
  void lag_fiveRoundsASecond_isUnderFiveSeconds(TestStore store) throws Exception {
    PlatformOptions options =
        PlatformOptions.local(data)
            .withCassandra(store.endpoint())
            .withKeyspaces(store.freshKeyspaces());
    InventedCampaign invented = new InventedCampaign(SEED);
    try (Platform platform = Platform.start(options, sentence -> {})) {
      ReadSide readSide = new ReadSide(platform.system(), platform.keyspaces()).start();
      ActorRef<HistoryWriter.Write<CampaignEvent>> campaign =
          HistoryWriters.spawn(
              platform.system(),
              Histories.campaign("c"),
              Histories.tag(Histories.CAMPAIGN, "c"),
              e -> true);
      HistoryWriters.write(platform.system(), campaign, InventedCampaign.beginning("c"));
      for (int round = 0; round < ROUNDS; round++) {
        List<ReplicaAdvanced> replicas = invented.advanced(round);
        HistoryWriters.write(
            platform.system(), campaign, List.of(InventedCampaign.closed(round, replicas)));
        Thread.sleep(200);
      }
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (readSide.lag().events() < ROUNDS && System.nanoTime() - deadline < 0) {
        Thread.sleep(100);
      }
      System.out.printf(
          "projection lag over %d events: p50 %d ms, p99 %d ms, max %d ms%n",
          readSide.lag().events(),
          readSide.lag().quantile(0.5).toMillis(),
          readSide.lag().quantile(0.99).toMillis(),
          readSide.lag().quantile(1).toMillis());
      assertThat(readSide.lag().quantile(0.99)).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }
  }
}
