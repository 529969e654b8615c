package io.modeldiff.web.live;

import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.replica.comparison.ComparisonStatus;
import io.modeldiff.replica.comparison.ComparisonView;
import io.modeldiff.web.platform.RunningPlatform;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest estimates of a few comparisons. A finished comparison is read from the journal once, a
 * running one again only when enough time has passed and more was scored.
 */
final class Outcomes {
  private static final int KEPT = 16;
  private static final long STALE_NANOS = Duration.ofSeconds(10).toNanos();

  private final RunningPlatform platform;
  private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

  private record Kept(@Nullable Outcome outcome, long positions, boolean complete, long at) {}

  Outcomes(RunningPlatform platform) {
    this.platform = platform;
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
    Outcome outcome = view.samples() == 0 ? null : platform.analysis().of(view.comparison());
    kept.put(view.comparison(), new Kept(outcome, view.positions(), complete, System.nanoTime()));
    if (kept.size() > KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
    return outcome;
  }
}
