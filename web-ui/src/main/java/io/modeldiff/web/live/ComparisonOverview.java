package io.modeldiff.web.live;

import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.analysis.readmodel.ComparisonProgress;
import io.modeldiff.analysis.readmodel.Finding;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.registry.RegistryEvent.ComparisonListed;
import io.modeldiff.replica.campaign.CampaignView;
import io.modeldiff.replica.comparison.ComparisonStatus;
import io.modeldiff.replica.comparison.ComparisonView;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.result.Headline;
import io.modeldiff.web.service.ComparisonService.Summary;
import io.modeldiff.web.service.Phase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All comparisons at a glance: finished ones from the read tables in one query, so that none has to
 * wake up, the others as they are.
 */
final class ComparisonOverview {
  /** Said of a finished comparison whose figures are not computed yet. */
  static final String DONE = "Done; its result is being computed.";

  private final RunningPlatform platform;
  private final Outcomes outcomes;
  private final KeptDocuments<KeptResult> results;

  ComparisonOverview(
      RunningPlatform platform, Outcomes outcomes, KeptDocuments<KeptResult> results) {
    this.platform = platform;
    this.outcomes = outcomes;
    this.results = results;
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
    Map<String, Finding> found = results.findings();
    Map<String, Long> numbers = RunningPlatform.await(platform.readSide().numbers());
    return listed.stream()
        .limit(limit)
        .map(
            c -> {
              ComparisonProgress progress = known.get(c.comparison());
              boolean done =
                  progress != null && progress.status() == ComparisonProgress.Status.COMPLETED;
              return done
                  ? done(c, headline(c, found.get(c.comparison()), numbers))
                  : ask.apply(c.comparison());
            })
        .toList();
  }

  private @Nullable String headline(
      ComparisonListed listed, @Nullable Finding found, Map<String, Long> numbers) {
    return found != null && results.holds(found, numbers)
        ? found.sentence()
        : headline(listed.spec(), outcomes.known(listed.comparison()));
  }

  /** A comparison that is over, with its finding where that is known. */
  static Summary done(ComparisonListed listed, @Nullable String headline) {
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
        headline,
        spec.sides().get(0).campaign(),
        spec.sides().get(1).campaign(),
        listed.cause().at(),
        listed.cause().who());
  }

  /** A comparison as it is, with its latest estimates. */
  Summary of(ComparisonView view, @Nullable Outcome outcome) {
    ComparisonSpec spec = view.spec();
    CampaignView a = campaign(spec, 0);
    CampaignView b = campaign(spec, 1);
    return new Summary(
        view.comparison(),
        spec.sides().get(0).model().name(),
        spec.sides().get(1).model().name(),
        Specs.shown(spec.space(), spec.z().toString()),
        spec.lambda(),
        phase(view),
        view.status() == ComparisonStatus.COMPLETED ? 1.0 : (a.fraction() + b.fraction()) / 2,
        doing(view, a, b),
        headline(spec, outcome),
        a.campaign(),
        b.campaign(),
        view.started().at(),
        view.started().who());
  }

  private CampaignView campaign(ComparisonSpec spec, int side) {
    return RunningPlatform.await(platform.campaigns().view(spec.sides().get(side).campaign()));
  }

  private static Phase phase(ComparisonView view) {
    return switch (view.status()) {
      case UNKNOWN -> Phase.PENDING;
      case RUNNING -> view.samples() > 0 ? Phase.SCORING : Phase.RUNNING;
      case FAILED -> Phase.FAILED;
      case COMPLETED -> Phase.DONE;
    };
  }

  private static String doing(ComparisonView view, CampaignView a, CampaignView b) {
    if (view.failure() != null) {
      return "It cannot go on: " + view.failure();
    }
    if (view.status() == ComparisonStatus.COMPLETED) {
      return DONE;
    }
    return String.format(
        Locale.ENGLISH,
        "Sampling: %,.0f of %,d evaluations of A, %,.0f of %,d of B; %,d samples scored by the"
            + " other model.",
        a.evaluations(),
        a.spec().evaluations(),
        b.evaluations(),
        b.spec().evaluations(),
        view.samples());
  }

  /** The result in one sentence, where there is one. */
  private static @Nullable String headline(ComparisonSpec spec, @Nullable Outcome outcome) {
    return outcome == null
        ? null
        : Headline.of(
            spec.sides().get(0).model().name(),
            spec.sides().get(1).model().name(),
            outcome.result());
  }
}
