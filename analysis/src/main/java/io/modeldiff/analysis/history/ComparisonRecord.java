package io.modeldiff.analysis.history;

import io.modeldiff.core.comparison.ComparisonEvent;
import io.modeldiff.core.comparison.ComparisonEvent.CrossScored;
import io.modeldiff.core.comparison.ComparisonSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A comparison as stored: its spec and the cross-scored energies by (side, scorer). */
public final class ComparisonRecord {
  private final String comparison;
  private final ComparisonSpec spec;
  private final CrossEnergies[][] cross;
  private final long crossPositions;
  private final boolean complete;
  private final long events;

  private ComparisonRecord(
      String comparison,
      ComparisonSpec spec,
      CrossEnergies[][] cross,
      long crossPositions,
      boolean complete,
      long events) {
    this.comparison = comparison;
    this.spec = spec;
    this.cross = cross;
    this.crossPositions = crossPositions;
    this.complete = complete;
    this.events = events;
  }

  /** Its id. */
  public String comparison() {
    return comparison;
  }

  /** What is compared. */
  public ComparisonSpec spec() {
    return spec;
  }

  /** Token positions that cross-scoring has evaluated. */
  public long crossPositions() {
    return crossPositions;
  }

  /** Whether everything that counts is scored. */
  public boolean complete() {
    return complete;
  }

  /** How many events of its history this is made of: the number of the last one. */
  public long events() {
    return events;
  }

  CrossEnergies cross(int side, int scorer) {
    return cross[side][scorer];
  }

  /** Folds a comparison's history. */
  static final class Fold {
    private final String comparison;
    private @Nullable ComparisonSpec spec;
    private CrossEnergies[][] cross = {};
    private long positions;
    private boolean complete;
    private long events;

    Fold(String comparison) {
      this.comparison = comparison;
    }

    void add(ComparisonEvent event) {
      events++;
      if (event instanceof ComparisonEvent.ComparisonStarted started) {
        spec = started.spec();
        int n = started.spec().sides().size();
        cross = new CrossEnergies[n][n];
        for (CrossEnergies[] row : cross) {
          Arrays.setAll(row, i -> new CrossEnergies(started.spec().space().scored()));
        }
      } else if (event instanceof CrossScored scored) {
        cross[scored.side()][scored.scorer()].add(scored);
        positions += scored.positions();
      } else if (event instanceof ComparisonEvent.ComparisonCompleted) {
        complete = true;
      } else if (event instanceof ComparisonEvent.ComparisonReopened) {
        complete = false;
      }
    }

    @Nullable ComparisonRecord record() {
      ComparisonSpec known = spec;
      return known == null
          ? null
          : new ComparisonRecord(comparison, known, cross, positions, complete, events);
    }
  }
}
