package io.modeldiff.replica.cluster;

import static io.modeldiff.replica.campaign.CampaignStatus.COMPLETED;
import static io.modeldiff.replica.cluster.WriteSide.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.core.campaign.CampaignEvent;
import io.modeldiff.core.campaign.CampaignEvent.CampaignCompleted;
import io.modeldiff.core.campaign.CampaignEvent.LadderAdapted;
import io.modeldiff.core.campaign.CampaignEvent.LadderFrozen;
import io.modeldiff.core.campaign.CampaignEvent.PilotCompleted;
import io.modeldiff.core.campaign.CampaignEvent.RoundClosed;
import io.modeldiff.core.campaign.CampaignEvent.SmcReplicateClosed;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.campaign.ReplicaEvent;
import io.modeldiff.core.campaign.ReplicaEvent.ReplicaAdvanced;
import io.modeldiff.core.campaign.RoundPhase;
import io.modeldiff.core.campaign.SamplingMethod;
import io.modeldiff.core.campaign.SmcEvent;
import io.modeldiff.core.campaign.StopReason;
import io.modeldiff.core.comparison.ComparisonEvent;
import io.modeldiff.core.comparison.ComparisonEvent.CrossScored;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.journal.Histories;
import io.modeldiff.core.journal.JournalReader;
import io.modeldiff.replica.api.Comparisons;
import io.modeldiff.replica.campaign.CampaignStatus;
import io.modeldiff.replica.campaign.CampaignView;
import io.modeldiff.replica.comparison.ComparisonStatus;
import io.modeldiff.replica.comparison.ComparisonView;
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
  void start_automaticLadder_pilotsAdaptsFreezesAndCounts() {
    CampaignSpec spec = WriteSide.small(14).ladder().lanes(64).evaluations(30_000).build();
    String id = CampaignSpecs.id(spec);
    await(side.replicas.campaigns().start(spec, Cause.now("test", "run")));

    CampaignView end = untilEnd(side, id);

    assertThat(end.status()).as(String.valueOf(end.failure())).isEqualTo(COMPLETED);
    List<CampaignEvent> events = history(side, Histories.campaign(id), CampaignEvent.class);
    assertThat(events).hasAtLeastOneElementOfType(PilotCompleted.class);
    assertThat(events).hasAtLeastOneElementOfType(LadderAdapted.class);
    assertThat(events.stream().filter(LadderFrozen.class::isInstance)).hasSize(1);
    List<RoundPhase> phases =
        events.stream()
            .filter(RoundClosed.class::isInstance)
            .map(e -> ((RoundClosed) e).phase())
            .toList();
    assertThat(phases).isSorted();
    assertThat(phases).contains(RoundPhase.values());
  }

  @Test
  void start_methodSmc_estimatesByReplicatesAlone() {
    CampaignSpec spec =
        WriteSide.small(15)
            .ladder()
            .method(SamplingMethod.SMC)
            .smcParticles(200)
            .smcReplicates(4)
            .evaluations(10_000)
            .build();
    String id = CampaignSpecs.id(spec);
    await(side.replicas.campaigns().start(spec, Cause.now("test", "run")));

    assertThat(untilEnd(side, id).status()).isEqualTo(COMPLETED);
    List<SmcReplicateClosed> closed =
        history(side, Histories.campaign(id), CampaignEvent.class).stream()
            .filter(SmcReplicateClosed.class::isInstance)
            .map(SmcReplicateClosed.class::cast)
            .toList();
    assertThat(closed.stream().filter(SmcReplicateClosed::kept).count()).isGreaterThan(10);
    assertThat(closed).extracting(SmcReplicateClosed::index).isSorted().doesNotHaveDuplicates();
    assertThat(history(side, Histories.smc(id, closed.size() - 1), SmcEvent.class)).hasSize(1);
  }

  @Test
  void start_twoCampaignsAndAComparison_crossScoresEverySampleInRange() {
    CampaignSpec a = WriteSide.small(16).build();
    CampaignSpec b = WriteSide.small(17).build();
    var campaigns = side.replicas.campaigns();
    var comparisons = side.replicas.comparisons();
    await(campaigns.start(a, Cause.now("test", "a")));
    await(campaigns.start(b, Cause.now("test", "b")));
    ComparisonSpec spec = Comparisons.spec(List.of(a, b), 0, 0.05, null, 0);
    await(comparisons.start(spec, Cause.now("test", "compare")));

    ComparisonView end =
        await(
            comparisons
                .watch(spec.id())
                .filter(v -> v.status() == ComparisonStatus.COMPLETED)
                .completionTimeout(Duration.ofSeconds(25))
                .runWith(Sink.head(), side.kit.system()));

    assertThat(end.samples()).isPositive();
    assertThat(end.samples()).isEqualTo(samplesInRange(a) + samplesInRange(b));
    List<CrossScored> scored =
        history(side, Histories.comparison(spec.id()), ComparisonEvent.class).stream()
            .filter(CrossScored.class::isInstance)
            .map(CrossScored.class::cast)
            .toList();
    CrossScored one = scored.get(0);
    ReplicaAdvanced sampled =
        (ReplicaAdvanced)
            history(side, one.history(), ReplicaEvent.class).get((int) one.sequence()[0] - 1);
    CampaignSpec other = one.scorer() == 0 ? a : b;
    assertThat(one.energies()[0])
        .isEqualTo(
            WriteSide.tables(other.model())
                .energy(spec.space().toSpace(), sampled.tokens()[one.lane()[0]]));
  }

  @Test
  void start_comparisonOfSmcCampaigns_crossScoresTheReplicatesThatCount() {
    CampaignSpec a = smc(18);
    CampaignSpec b = smc(19);
    await(side.replicas.campaigns().start(a, Cause.now("test", "a")));
    await(side.replicas.campaigns().start(b, Cause.now("test", "b")));
    ComparisonSpec spec = Comparisons.spec(List.of(a, b), 0, 0.05, null, 10);
    await(side.replicas.comparisons().start(spec, Cause.now("test", "compare")));
    ComparisonView end =
        await(
            side.replicas
                .comparisons()
                .watch(spec.id())
                .filter(v -> v.status() == ComparisonStatus.COMPLETED)
                .completionTimeout(Duration.ofSeconds(25))
                .runWith(Sink.head(), side.kit.system()));
    long kept =
        List.of(a, b).stream()
            .flatMap(
                c ->
                    history(side, Histories.campaign(CampaignSpecs.id(c)), CampaignEvent.class)
                        .stream())
            .filter(e -> e instanceof SmcReplicateClosed closed && closed.kept())
            .count();
    assertThat(end.samples()).isEqualTo(kept * 200);
  }

  private static CampaignSpec smc(long modelSeed) {
    return WriteSide.small(modelSeed)
        .ladder()
        .method(SamplingMethod.SMC)
        .smcParticles(200)
        .smcReplicates(4)
        .evaluations(8000)
        .build();
  }

  private static long samplesInRange(CampaignSpec spec) {
    String id = CampaignSpecs.id(spec);
    List<Long> counted =
        history(side, Histories.campaign(id), CampaignEvent.class).stream()
            .filter(RoundClosed.class::isInstance)
            .map(RoundClosed.class::cast)
            .filter(r -> r.phase() == RoundPhase.SAMPLING)
            .map(RoundClosed::round)
            .toList();
    long samples = 0;
    for (int k = 0; k < spec.ladder().length; k++) {
      for (ReplicaEvent e : history(side, Histories.replica(id, k), ReplicaEvent.class)) {
        ReplicaAdvanced advanced = (ReplicaAdvanced) e;
        if (counted.contains(advanced.round())) {
          for (double energy : advanced.energies()) {
            samples += spec.z().contains(energy / spec.space().scored()) ? 1 : 0;
          }
        }
      }
    }
    return samples;
  }

  @Test
  void view_unknownCampaign_saysSo() {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> await(side.replicas.campaigns().view("cnone")))
        .hasMessageContaining("There is no campaign cnone");
  }
}
