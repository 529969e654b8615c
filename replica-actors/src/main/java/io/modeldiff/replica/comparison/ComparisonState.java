package io.modeldiff.replica.comparison;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.comparison.ComparisonEvent;
import io.modeldiff.core.comparison.ComparisonEvent.ComparisonCompleted;
import io.modeldiff.core.comparison.ComparisonEvent.ComparisonFailed;
import io.modeldiff.core.comparison.ComparisonEvent.ComparisonReopened;
import io.modeldiff.core.comparison.ComparisonEvent.ComparisonStarted;
import io.modeldiff.core.comparison.ComparisonEvent.CrossScored;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.serialization.CborSerializable;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison's coordinator remembers; a function of its events.
 *
 * @param scored how far each (history, scorer) is, by {@link #key}
 * @param samples samples scored so far
 * @param positions token positions that took
 */
public record ComparisonState(
    ComparisonStatus status,
    @Nullable String comparison,
    @Nullable ComparisonSpec spec,
    @Nullable Cause cause,
    Map<String, Reach> scored,
    long samples,
    long positions,
    @Nullable String failure)
    implements CborSerializable {
  static final ComparisonState NONE =
      new ComparisonState(ComparisonStatus.UNKNOWN, null, null, null, Map.of(), 0, 0, null);

  /**
   * How far one history is scored by one model.
   *
   * @param toRound round after the last one scored
   * @param toSequence sequence number of its event
   */
  public record Reach(long toRound, long toSequence) implements CborSerializable {
    static final Reach NOTHING = new Reach(-1, 0);
  }

  /** Names the scoring of one history by one side's model. */
  static String key(String history, int scorer) {
    return history + "/" + scorer;
  }

  Reach reach(String history, int scorer) {
    return scored.getOrDefault(key(history, scorer), Reach.NOTHING);
  }

  @JsonIgnore
  ComparisonSpec defined() {
    if (spec == null) {
      throw new IllegalStateException("the comparison was not started");
    }
    return spec;
  }

  @JsonIgnore
  boolean running() {
    return status == ComparisonStatus.RUNNING;
  }

  ComparisonState apply(ComparisonEvent event) {
    if (event instanceof ComparisonStarted e) {
      return new ComparisonState(
          ComparisonStatus.RUNNING, e.comparison(), e.spec(), e.cause(), Map.of(), 0, 0, null);
    } else if (event instanceof CrossScored e) {
      return crossScored(e);
    } else if (event instanceof ComparisonCompleted) {
      return in(ComparisonStatus.COMPLETED, null);
    } else if (event instanceof ComparisonReopened) {
      return in(ComparisonStatus.RUNNING, null);
    } else if (event instanceof ComparisonFailed e) {
      return in(ComparisonStatus.FAILED, e.sentence());
    }
    return this;
  }

  private ComparisonState crossScored(CrossScored e) {
    Map<String, Reach> next = new TreeMap<>(scored);
    Reach before = reach(e.history(), e.scorer());
    next.put(
        key(e.history(), e.scorer()),
        new Reach(e.toRound(), Math.max(before.toSequence(), e.toSequence())));
    return new ComparisonState(
        status,
        comparison,
        spec,
        cause,
        next,
        samples + e.energies().length,
        positions + e.positions(),
        failure);
  }

  private ComparisonState in(ComparisonStatus next, @Nullable String sentence) {
    return new ComparisonState(next, comparison, spec, cause, scored, samples, positions, sentence);
  }
}
