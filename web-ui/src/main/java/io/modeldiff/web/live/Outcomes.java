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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The latest estimates of a few comparisons. Each is followed in the journal, so that a running one
 * costs the reading of what is new, and that only when enough time has passed and more was scored.
 * Comparisons do not wait for each other.
 */
final class Outcomes {
  private static final int KEPT = 16;
  private static final long STALE_NANOS = Duration.ofSeconds(10).toNanos();
  // Somebody who looks on waits this long for figures before seeing what there is without them.
  private static final long PATIENCE_MILLIS = 600;

  private final RunningPlatform platform;
  private final Executor background;
  // Oldest use first.
  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  private record Drawn(Outcome outcome, RepresentativeInputs inputs) {}

  private record Read(@Nullable Outcome outcome, long positions, boolean complete, long at) {
    boolean stillGood(ComparisonView view) {
      return complete == (view.status() == ComparisonStatus.COMPLETED)
          && (positions == view.positions() || System.nanoTime() - at < STALE_NANOS);
    }
  }

  private static final class Entry {
    private final ReentrantLock reading = new ReentrantLock();
    private @Nullable ComparisonAnalysis followed;
    private volatile @Nullable Read read;
    private @Nullable CompletableFuture<@Nullable Outcome> underWay;
    private @Nullable Drawn drawn;
  }

  Outcomes(RunningPlatform platform, Executor background) {
    this.platform = platform;
    this.background = background;
  }

  private synchronized Entry entry(String comparison) {
    Entry entry = entries.computeIfAbsent(comparison, c -> new Entry());
    if (entries.size() > KEPT) {
      entries.remove(entries.keySet().iterator().next());
    }
    return entry;
  }

  /** The inputs of an outcome, in their order of drawing, prepared once. */
  RepresentativeInputs inputs(Outcome outcome) {
    Entry entry = entry(outcome.comparison().comparison());
    synchronized (entry) {
      Drawn found = entry.drawn;
      if (found == null || found.outcome() != outcome) {
        found = new Drawn(outcome, new RepresentativeInputs(outcome));
        entry.drawn = found;
      }
      return found.inputs();
    }
  }

  /** The estimates from the journal's first event on. */
  @Nullable Outcome anew(ComparisonView view) {
    synchronized (this) {
      entries.remove(view.comparison());
    }
    return latest(view);
  }

  /** What was computed before, without computing. */
  @Nullable Outcome known(String comparison) {
    Read read = entry(comparison).read;
    return read == null ? null : read.outcome();
  }

  /** The estimates of what is scored by now; null while there are none. */
  @Nullable Outcome latest(ComparisonView view) {
    Entry entry = entry(view.comparison());
    entry.reading.lock();
    try {
      Read read = entry.read;
      if (read != null && read.stillGood(view)) {
        return read.outcome();
      }
      ComparisonAnalysis followed = entry.followed;
      if (followed == null) {
        followed = platform.analysis(view.comparison());
        entry.followed = followed;
      }
      Outcome outcome = view.samples() == 0 ? null : followed.outcome();
      boolean complete = view.status() == ComparisonStatus.COMPLETED;
      entry.read = new Read(outcome, view.positions(), complete, System.nanoTime());
      return outcome;
    } finally {
      entry.reading.unlock();
    }
  }

  /** The latest estimates if they are there within a moment, else the last known ones. */
  @Nullable Outcome soon(ComparisonView view) {
    Entry entry = entry(view.comparison());
    Read read = entry.read;
    if (read != null && read.stillGood(view)) {
      return read.outcome();
    }
    try {
      return underWay(entry, view).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return known(view.comparison());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return known(view.comparison());
    }
  }

  private CompletableFuture<@Nullable Outcome> underWay(Entry entry, ComparisonView view) {
    synchronized (entry) {
      CompletableFuture<@Nullable Outcome> found = entry.underWay;
      if (found == null || found.isDone()) {
        found = CompletableFuture.supplyAsync(() -> latest(view), background);
        entry.underWay = found;
      }
      return found;
    }
  }
}
