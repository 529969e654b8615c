package io.modeldiff.web.live;

import io.modeldiff.analysis.history.ComparisonAnalysis;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.replica.comparison.ComparisonStatus;
import io.modeldiff.replica.comparison.ComparisonView;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.result.inputs.RepresentativeInputs;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest estimates of a few comparisons, with their samples: those looked at last, as many as
 * half of the heap holds. Each is followed in the journal, so that a running one costs the reading
 * of what is new, and that only when enough time has passed and more was scored. Comparisons do not
 * wait for each other.
 */
final class Outcomes {
  private static final int KEPT = 16;
  // Of 25 tokens of a vocabulary of 50,000, in rounds of 16 lanes; with its place in the order of
  // drawing.
  private static final long BYTES_PER_SAMPLE = 100;
  private static final long STALE_NANOS = Duration.ofSeconds(10).toNanos();
  // Somebody who looks on waits this long for figures before seeing what there is without them.
  private static final long PATIENCE_MILLIS = 600;

  private static final long PREPARE_MILLIS = 2000;
  private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);

  private final RunningPlatform platform;
  private final Executor background;
  private final Recent<Entry> entries =
      new Recent<>(KEPT, Runtime.getRuntime().maxMemory() / 2 / BYTES_PER_SAMPLE);

  /**
   * How far a comparison is, as far as its estimates depend on it.
   *
   * @param samples how many are scored
   * @param positions token positions that scoring took so far
   * @param complete whether everything that counts is scored
   */
  record Standing(String comparison, long samples, long positions, boolean complete) {
    static Standing of(ComparisonView view) {
      return new Standing(
          view.comparison(),
          view.samples(),
          view.positions(),
          view.status() == ComparisonStatus.COMPLETED);
    }
  }

  private record Drawn(Outcome outcome, RepresentativeInputs inputs) {}

  private record Read(@Nullable Outcome outcome, long positions, boolean complete, long at) {
    boolean stillGood(Standing now) {
      return complete == now.complete()
          && (positions == now.positions() || System.nanoTime() - at < STALE_NANOS);
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

  private Entry entry(String comparison) {
    return entries.of(comparison, Entry::new);
  }

  /** The inputs of an outcome, in their order of drawing, prepared once. */
  RepresentativeInputs inputs(Outcome outcome) {
    Entry entry = entry(outcome.comparison().comparison());
    synchronized (entry) {
      Drawn found = entry.drawn;
      if (found == null || found.outcome() != outcome) {
        found = new Drawn(outcome, new RepresentativeInputs(outcome));
        entry.drawn = found;
        entries.resize(outcome.comparison().comparison(), size(outcome));
      }
      return found.inputs();
    }
  }

  /** The estimates from the journal's first event on. */
  @Nullable Outcome anew(Standing now) {
    entries.remove(now.comparison());
    return latest(now);
  }

  /**
   * Has the samples and the order of the inputs read in the background, if they are not; a little
   * later, so that the page of whoever looks comes first.
   */
  void prepare(Standing now) {
    Entry entry = entry(now.comparison());
    if (entry.read == null) {
      CompletableFuture.delayedExecutor(PREPARE_MILLIS, TimeUnit.MILLISECONDS, background)
          .execute(() -> read(now));
    }
  }

  private void read(Standing now) {
    try {
      Outcome outcome = latest(now);
      if (outcome != null) {
        inputs(outcome);
      }
    } catch (RuntimeException e) {
      // Whoever asks for the samples reads them then, and is told why they cannot be.
      LOG.warn("the samples of {} were not read: {}", now.comparison(), e.getMessage());
    }
  }

  /** What was computed before, without computing. */
  @Nullable Outcome known(String comparison) {
    Entry entry = entries.find(comparison);
    Read read = entry == null ? null : entry.read;
    return read == null ? null : read.outcome();
  }

  /** The estimates of what is scored by now; null while there are none. */
  @Nullable Outcome latest(Standing now) {
    Entry entry = entry(now.comparison());
    entry.reading.lock();
    try {
      Read read = entry.read;
      return read != null && read.stillGood(now) ? read.outcome() : followed(entry, now);
    } finally {
      entry.reading.unlock();
    }
  }

  /** The same, from all that is stored by now, however good the last ones are. */
  @Nullable Outcome surely(Standing now) {
    Entry entry = entry(now.comparison());
    entry.reading.lock();
    try {
      return followed(entry, now);
    } finally {
      entry.reading.unlock();
    }
  }

  private @Nullable Outcome followed(Entry entry, Standing now) {
    ComparisonAnalysis followed = entry.followed;
    if (followed == null) {
      entries.resize(now.comparison(), now.samples());
      followed = platform.analysis(now.comparison());
      entry.followed = followed;
    }
    Outcome outcome = now.samples() > 0 ? followed.outcome() : null;
    long positions = now.positions();
    if (outcome != null) {
      positions = outcome.comparison().crossPositions();
      entries.resize(now.comparison(), size(outcome));
    }
    entry.read = new Read(outcome, positions, now.complete(), System.nanoTime());
    return outcome;
  }

  private static long size(Outcome outcome) {
    return outcome.a().samples().size() + outcome.b().samples().size();
  }

  /** The latest estimates if they are there within a moment, else the last known ones. */
  @Nullable Outcome soon(Standing now) {
    Entry entry = entry(now.comparison());
    Read read = entry.read;
    if (read != null && read.stillGood(now)) {
      return read.outcome();
    }
    try {
      return underWay(entry, now).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return known(now.comparison());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return known(now.comparison());
    }
  }

  private CompletableFuture<@Nullable Outcome> underWay(Entry entry, Standing now) {
    synchronized (entry) {
      CompletableFuture<@Nullable Outcome> found = entry.underWay;
      if (found == null || found.isDone()) {
        found = CompletableFuture.supplyAsync(() -> latest(now), background);
        entry.underWay = found;
      }
      return found;
    }
  }
}
