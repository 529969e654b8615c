package io.modeldiff.analysis.readmodel;

import io.modeldiff.analysis.projection.Recorded;
import io.modeldiff.core.comparison.ComparisonEvent;
import io.modeldiff.core.comparison.ComparisonSpec;
import org.jspecify.annotations.Nullable;

/**
 * How far a comparison is.
 *
 * @param comparison its id
 * @param spec what is compared; null only before its first event
 * @param status what it does
 * @param crossScored samples that another model has scored
 * @param crossPositions token positions evaluated for that
 * @param sentence why it failed, or null
 */
public record ComparisonProgress(
    String comparison,
    @Nullable ComparisonSpec spec,
    Status status,
    long crossScored,
    long crossPositions,
    @Nullable String sentence) {

  /** What a comparison does. */
  public enum Status {
    RUNNING,
    FAILED,
    COMPLETED
  }

  static ComparisonProgress none(String comparison) {
    return new ComparisonProgress(comparison, null, Status.RUNNING, 0, 0, null);
  }

  static ComparisonProgress after(ComparisonProgress p, Recorded<ComparisonEvent> recorded) {
    ComparisonEvent event = recorded.event();
    if (event instanceof ComparisonEvent.ComparisonStarted started) {
      return new ComparisonProgress(p.comparison, started.spec(), Status.RUNNING, 0, 0, null);
    } else if (event instanceof ComparisonEvent.CrossScored scored) {
      return new ComparisonProgress(
          p.comparison,
          p.spec,
          p.status,
          p.crossScored + scored.energies().length,
          p.crossPositions + scored.positions(),
          null);
    } else if (event instanceof ComparisonEvent.ComparisonCompleted) {
      return p.with(Status.COMPLETED, null);
    } else if (event instanceof ComparisonEvent.ComparisonFailed failed) {
      return p.with(Status.FAILED, failed.sentence());
    }
    return p.with(Status.RUNNING, null);
  }

  private ComparisonProgress with(Status next, @Nullable String why) {
    return new ComparisonProgress(comparison, spec, next, crossScored, crossPositions, why);
  }
}
