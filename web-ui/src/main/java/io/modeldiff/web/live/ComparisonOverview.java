package io.modeldiff.web.live;

import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.analysis.readmodel.ComparisonProgress;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.registry.RegistryEvent.ComparisonListed;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.result.Headline;
import io.modeldiff.web.service.ComparisonService.Summary;
import io.modeldiff.web.service.Phase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All comparisons at a glance: finished ones from the read tables in one query, so that none has to
 * wake up, the others as they are.
 */
final class ComparisonOverview {
  /** Said of a finished comparison whose figures nobody has asked for yet. */
  static final String DONE = "Done; open it for its result.";

  private final RunningPlatform platform;
  private final Outcomes outcomes;

  ComparisonOverview(RunningPlatform platform, Outcomes outcomes) {
    this.platform = platform;
    this.outcomes = outcomes;
  }

  /**
   * Newest first.
   *
   * @param ask for the summary of a comparison that is not over
   */
  List<Summary> newest(int limit, Function<String, Summary> ask) {
    List<ComparisonListed> listed =
        new ArrayList<>(
            RunningPlatform.await(platform.replicas().registry().all()).comparisons().values());
    Collections.reverse(listed);
    Map<String, ComparisonProgress> known =
        RunningPlatform.await(platform.readSide().comparisons()).stream()
            .collect(Collectors.toMap(ComparisonProgress::comparison, Function.identity()));
    return listed.stream()
        .limit(limit)
        .map(
            c -> {
              ComparisonProgress progress = known.get(c.comparison());
              boolean done =
                  progress != null && progress.status() == ComparisonProgress.Status.COMPLETED;
              return done ? done(c) : ask.apply(c.comparison());
            })
        .toList();
  }

  private Summary done(ComparisonListed listed) {
    ComparisonSpec spec = listed.spec();
    return new Summary(
        listed.comparison(),
        spec.sides().get(0).model().name(),
        spec.sides().get(1).model().name(),
        Specs.shown(spec.space(), spec.z().toString()),
        spec.lambda(),
        Phase.DONE,
        1.0,
        DONE,
        headline(spec, outcomes.known(listed.comparison())),
        spec.sides().get(0).campaign(),
        spec.sides().get(1).campaign(),
        listed.cause().at(),
        listed.cause().who());
  }

  /** The result in one sentence, where there is one. */
  static @Nullable String headline(ComparisonSpec spec, @Nullable Outcome outcome) {
    return outcome == null
        ? null
        : Headline.of(
            spec.sides().get(0).model().name(),
            spec.sides().get(1).model().name(),
            outcome.result());
  }
}
