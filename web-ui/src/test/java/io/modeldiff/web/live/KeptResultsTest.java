package io.modeldiff.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.web.LivePlatform;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.inputs.InputQuery;
import io.modeldiff.web.result.inputs.RepresentativeInputs;
import io.modeldiff.web.service.CampaignService.Detail;
import io.modeldiff.web.service.ComparisonService;
import io.modeldiff.web.service.ComparisonService.Summary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is kept of finished work is what its histories give, and nothing else is handed out. */
@ExtendWith(LivePlatform.Shared.class)
class KeptResultsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Test
  void finishedComparison_isKeptAsComputed_untilItsHistoriesGoOn(LivePlatform live)
      throws Exception {
    String id;
    try (LivePlatform.Front front = live.front()) {
      id = live.fill(front.services(), 2, 40);
      until(() -> kept(live, CodeVersion.ours(), id) != null);
    }
    assertThat(listed(live, id)).isEqualTo(ComparisonDocument.of(live.computed(id)).headline());
    ComparisonDocument first = asComputed(live, id);
    assertThat(kept(live, "another version", id)).isNull();

    String campaign = first.campaigns().A();
    live.extend(campaign, 77_777);
    assertThat(kept(live, CodeVersion.ours(), id)).isNull();
    ComparisonDocument extended = asComputed(live, id);
    assertThat(extended.sampling().budget()).isEqualTo(77_777);

    RunningPlatform.await(live.readSide().rebuild("comparisons"));
    assertThat(RunningPlatform.await(live.readSide().comparisonDocuments().find(id))).isEmpty();
    try (LivePlatform.Front front = live.front()) {
      until(() -> kept(live, CodeVersion.ours(), id) != null);
      assertThat(front.services().comparisons().rebuild(id, Caller.local()).identical()).isTrue();
    }
    assertThat(asComputed(live, id)).isEqualTo(extended);
  }

  @Test
  void finishedCampaign_isKeptAsComputed(LivePlatform live) throws Exception {
    String id;
    Detail computed;
    try (LivePlatform.Front front = live.front()) {
      String comparison = live.fill(front.services(), 1, 30);
      id = live.computed(comparison).b().campaign().campaign();
      computed = front.services().campaigns().get(id);
      until(() -> figures(live, id) != null);
    }
    assertThat(figures(live, id)).isEqualTo(computed);
    assertThat(computed.convergence().checks()).isNotEmpty();
    live.extend(id, 88_888);
    assertThat(figures(live, id)).isNull();
  }

  private static @Nullable KeptResult kept(LivePlatform live, String version, String id) {
    return new KeptDocuments<>(
            live.readSide(), live.readSide().comparisonDocuments(), version, KeptResult.class)
        .current(id);
  }

  private static @Nullable Detail figures(LivePlatform live, String id) {
    return new KeptDocuments<>(
            live.readSide(), live.readSide().campaignDocuments(), CodeVersion.ours(), Detail.class)
        .current(id);
  }

  private static @Nullable String listed(LivePlatform live, String id) {
    try (LiveServices services = live.services()) {
      return services.services().comparisons().list(1000).stream()
          .filter(c -> c.id().equals(id))
          .findFirst()
          .map(Summary::headline)
          .orElse(null);
    }
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - start).as("nanoseconds waited").isLessThan(PATIENCE.toNanos());
      Thread.sleep(200);
    }
  }

  /** What a process with nothing in memory answers, compared with a recomputation. */
  private static ComparisonDocument asComputed(LivePlatform live, String id) {
    Outcome outcome = live.computed(id);
    ComparisonDocument computed = ComparisonDocument.of(outcome);
    Tokenizer tokenizer =
        ModelDirectory.open(Path.of(outcome.comparison().spec().sides().get(0).model().path()))
            .tokenizer();
    try (LiveServices services = live.services()) {
      ComparisonService comparisons = services.services().comparisons();
      double lambda = computed.lambda();
      assertThat(comparisons.result(id, lambda)).isEqualTo(computed);
      assertThat(ComparisonFiles.json(comparisons.result(id, lambda)))
          .isEqualTo(ComparisonFiles.json(computed));
      assertThat(comparisons.density(id)).isEqualTo(SampleDensity.of(outcome));
      assertThat(comparisons.get(id).headline()).isEqualTo(computed.headline());
      RepresentativeInputs inputs = new RepresentativeInputs(outcome);
      for (String direction : InputQuery.DIRECTIONS) {
        InputQuery query = InputQuery.first(direction);
        assertThat(comparisons.inputs(id, query)).isEqualTo(inputs.page(query, tokenizer));
        assertThat(comparisons.mix(id, query)).isEqualTo(inputs.mix(query, tokenizer));
      }
      assertThat(comparisons.result(id, lambda + 0.1))
          .isEqualTo(ComparisonDocument.of(outcome.at(lambda + 0.1)));
      return computed;
    }
  }
}
