package io.modeldiff.web.live;

import io.modeldiff.analysis.annotation.AnnotationResults;
import io.modeldiff.analysis.comparison.Comparison.Differences;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.core.annotation.AnnotationDesign;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.web.service.AnnotationService.Results;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What answers say, with the numbers of inputs that their comparison has found so far. */
final class LiveResults {
  private final LiveComparisons comparisons;
  private final Map<String, Counted> counted = new ConcurrentHashMap<>();

  /**
   * Numbers of inputs by the D bins of a project; good as long as the comparison's outcome is the
   * same, because designs never change.
   */
  private record Counted(WeakReference<Outcome> outcome, Differences counts) {}

  LiveResults(LiveComparisons comparisons) {
    this.comparisons = comparisons;
  }

  Results of(AnnotationProject project) {
    String comparison = project.defined().comparison();
    Outcome outcome = comparisons.outcome(comparison);
    return ShownResults.of(
        project,
        AnnotationResults.of(project, counts(project, outcome)),
        comparisons.model(comparison, 0),
        comparisons.model(comparison, 1));
  }

  private Differences counts(AnnotationProject project, Outcome outcome) {
    Counted known = counted.get(project.project());
    if (known != null && known.outcome().get() == outcome) {
      return known.counts();
    }
    AnnotationDesign design = project.defined();
    Differences counts =
        AnnotationResults.counts(design, outcome.a().input(), outcome.b().input(), outcome.asked());
    counted.put(project.project(), new Counted(new WeakReference<>(outcome), counts));
    return counts;
  }
}
