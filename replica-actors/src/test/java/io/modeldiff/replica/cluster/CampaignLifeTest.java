package io.modeldiff.replica.cluster;

import static io.modeldiff.replica.cluster.WriteSide.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.CampaignCompleted;
import io.modeldiff.core.campaign.CampaignEvent.RoundClosed;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.campaign.ReplicaEvent;
import io.modeldiff.core.campaign.RoundPhase;
import io.modeldiff.core.campaign.StopReason;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.journal.JournalReader;
import io.modeldiff.replica.campaign.CampaignStatus;
import io.modeldiff.replica.campaign.CampaignView;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Campaigns from start to end on one node. */
class CampaignLifeTest {
  private static WriteSide side;

  @BeforeAll
  static void start() {
    side = WriteSide.start();
  }

  @AfterAll
  static void stop() {
    side.close();
  }

  static CampaignView untilEnd(WriteSide side, String campaign) {
    return await(
        side.replicas
            .campaigns()
            .watch(campaign)
            .filter(v -> v.status() != CampaignStatus.RUNNING)
            .completionTimeout(Duration.ofSeconds(25))
            .runWith(Sink.head(), side.kit.system()));
  }

  static <E> List<E> history(WriteSide side, String persistenceId, Class<E> type) {
    return await(
        new JournalReader(side.kit.system())
            .current(persistenceId, 1, Long.MAX_VALUE, type)
            .map(Pair::second)
            .runWith(Sink.seq(), side.kit.system()));
  }

  @Test
  void start_givenLadder_runsToItsBudget() {
    CampaignSpec spec = WriteSide.smallSpec(11);
    String id = CampaignSpecs.id(spec);
    await(side.replicas.campaigns().start(spec, Cause.now("test", "run")));

    CampaignView end = untilEnd(side, id);

    assertThat(end.status()).isEqualTo(CampaignStatus.COMPLETED);
    assertThat(end.stoppedBy()).isEqualTo(StopReason.BUDGET);
    assertThat(end.evaluations()).isGreaterThanOrEqualTo(2000);
    List<CampaignEvent> events = history(side, Histories.campaign(id), CampaignEvent.class);
    List<RoundClosed> rounds =
        events.stream().filter(RoundClosed.class::isInstance).map(RoundClosed.class::cast).toList();
    assertThat(rounds).extracting(RoundClosed::round).isSorted().doesNotHaveDuplicates();
    assertThat(rounds.get(0).phase()).isEqualTo(RoundPhase.BURN_IN);
    assertThat(rounds.get(rounds.size() - 1).phase()).isEqualTo(RoundPhase.SAMPLING);
    assertThat(events.get(events.size() - 1)).isInstanceOf(CampaignCompleted.class);
    for (int k = 0; k < 3; k++) {
      assertThat(history(side, Histories.replica(id, k), ReplicaEvent.class))
          .hasSize(rounds.size());
    }
  }

  @Test
  void pause_whileRunning_finishesTheRoundAndStops() {
    CampaignSpec spec = WriteSide.small(12).evaluations(200_000).build();
    String id = CampaignSpecs.id(spec);
    var campaigns = side.replicas.campaigns();
    await(campaigns.start(spec, Cause.now("test", "run")));
    await(campaigns.watch(id).filter(v -> v.round() > 5).runWith(Sink.head(), side.kit.system()));

    Cause cause = Cause.now("test", "lunch");
    await(campaigns.pause(id, cause));
    CampaignView again = await(campaigns.pause(id, cause));
    assertThat(again.status()).isEqualTo(CampaignStatus.PAUSED);
    long before = settledRound(id);
    assertThat(settledRound(id)).isEqualTo(before);

    await(campaigns.resume(id, Cause.now("test", "back")));
    CampaignView on =
        await(
            campaigns
                .watch(id)
                .filter(v -> v.round() > before + 3)
                .runWith(Sink.head(), side.kit.system()));
    assertThat(on.status()).isEqualTo(CampaignStatus.RUNNING);
    CampaignView end = await(campaigns.cancel(id, Cause.now("test", "enough")));
    assertThat(end.status()).isEqualTo(CampaignStatus.CANCELLED);
  }

  private static long settledRound(String id) {
    try {
      Thread.sleep(400);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return await(side.replicas.campaigns().view(id)).round();
  }

  @Test
  void extend_completedCampaign_goesOn() {
    CampaignSpec spec = WriteSide.small(13).evaluations(500).build();
    String id = CampaignSpecs.id(spec);
    var campaigns = side.replicas.campaigns();
    await(campaigns.start(spec, Cause.now("test", "run")));
    CampaignView first = untilEnd(side, id);
    await(campaigns.extend(id, 1000, null, Cause.now("test", "more")));
    CampaignView second = untilEnd(side, id);
    assertThat(second.round()).isGreaterThan(first.round());
    assertThat(second.evaluations()).isGreaterThanOrEqualTo(1000);
  }

  @Test
  void view_unknownCampaign_saysSo() {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> await(side.replicas.campaigns().view("cnone")))
        .hasMessageContaining("There is no campaign cnone");
  }
}
