package io.modeldiff.web.live;

import io.modeldiff.analysis.history.ComparisonAnalysis;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.replica.comparison.ComparisonStatus;
import io.modeldiff.replica.comparison.ComparisonView;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.result.inputs.RepresentativeInputs;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest estimates of a few comparisons. Each is followed in the journal, so that a running one
 * costs the reading of what is new, and that only when enough time has passed and more was scored.
 */
final class Outcomes {
  private static final int KEPT = 16;
  private static final long STALE_NANOS = Duration.ofSeconds(10).toNanos();

  private final RunningPlatform platform;
  private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

  private final Map<String, Drawn> drawn = new LinkedHashMap<>(16, 0.75f, true);

  private record Drawn(Outcome outcome, RepresentativeInputs inputs) {}

  private record Kept(
      ComparisonAnalysis followed,
      @Nullable Outcome outcome,
      long positions,
      boolean complete,
      long at) {}

  Outcomes(RunningPlatform platform) {
    this.platform = platform;
  }

  /** The inputs of an outcome, in their order of drawing, prepared once. */
  RepresentativeInputs inputs(Outcome outcome) {
    synchronized (drawn) {
      String id = outcome.comparison().comparison();
      Drawn found = drawn.get(id);
      if (found == null || found.outcome() != outcome) {
        found = new Drawn(outcome, new RepresentativeInputs(outcome));
        drawn.put(id, found);
        if (drawn.size() > KEPT) {
          drawn.remove(drawn.keySet().iterator().next());
        }
      }
      return found.inputs();
    }
  }

  /** The estimates from the journal's first event on. */
  @Nullable Outcome anew(ComparisonView view) {
    synchronized (this) {
      kept.remove(view.comparison());
    }
    return latest(view);
  }

  /** What was computed before, without computing. */
  synchronized @Nullable Outcome known(String comparison) {
    Kept found = kept.get(comparison);
    return found == null ? null : found.outcome();
  }

  /** The estimates of what is scored by now; null while there are none. */
  synchronized @Nullable Outcome latest(ComparisonView view) {
    boolean complete = view.status() == ComparisonStatus.COMPLETED;
    Kept found = kept.get(view.comparison());
    if (found != null
        && found.complete() == complete
        && (found.positions() == view.positions()
            || System.nanoTime() - found.at() < STALE_NANOS)) {
      return found.outcome();
    }
    ComparisonAnalysis followed =
        found == null ? platform.analysis(view.comparison()) : found.followed();
    Outcome outcome = view.samples() == 0 ? null : followed.outcome();
    kept.put(
        view.comparison(),
        new Kept(followed, outcome, view.positions(), complete, System.nanoTime()));
    if (kept.size() > KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
    return outcome;
  }
}
