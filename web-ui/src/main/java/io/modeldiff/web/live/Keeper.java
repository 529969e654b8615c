package io.modeldiff.web.live;

import io.modeldiff.analysis.readmodel.ComparisonProgress;
import io.modeldiff.analysis.readmodel.Finding;
import io.modeldiff.core.registry.RegistryEvent.CampaignListed;
import io.modeldiff.core.registry.RegistryEvent.ComparisonListed;
import io.modeldiff.replica.registry.RegistryState;
import io.modeldiff.web.platform.RunningPlatform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what the pages of finished comparisons and campaigns show computed as soon as they have
 * ended, one after the other, so that nobody who opens them waits for their samples to be read. The
 * same happens where what is kept does not hold any more: more was sampled, other code computes, or
 * the read tables were emptied.
 */
final class Keeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final int NEWEST = 16;
  // What could not be computed is not tried again at every look.
  private static final long PAUSE_NANOS = Duration.ofMinutes(5).toNanos();

  private final RunningPlatform platform;
  private final LiveComparisons comparisons;
  private final LiveCampaigns campaigns;
  private final UniqueKillSwitch running;
  private final Map<String, Long> failedAt = new HashMap<>();
  private boolean warm;
  private volatile boolean closed;

  Keeper(
      RunningPlatform platform,
      LiveComparisons comparisons,
      LiveCampaigns campaigns,
      Executor background) {
    this.platform = platform;
    this.comparisons = comparisons;
    this.campaigns = campaigns;
    this.running =
        Source.tick(Duration.ZERO, LOOK, this)
            .viaMat(KillSwitches.single(), Keep.right())
            .mapAsync(1, keeper -> CompletableFuture.runAsync(keeper::look, background))
            .to(Sink.ignore())
            .run(platform.system());
  }

  private void look() {
    try {
      if (!warm) {
        warm = true;
        readNewest();
      }
      long start = System.nanoTime();
      for (Runnable work : due()) {
        if (closed || System.nanoTime() - start > LOOK.toNanos()) {
          return; // the next look begins with what has ended meanwhile
        }
        work.run();
      }
    } catch (RuntimeException e) {
      // The store may be away for a while; the next look finds what this one did not.
      warn("finished work was not looked at", e);
    }
  }

  // What people are most likely to open after a start is in memory then.
  private void readNewest() {
    RegistryState all = RunningPlatform.await(platform.replicas().registry().all());
    newest(all.comparisons().values()).stream()
        .limit(NEWEST)
        .forEach(c -> comparisons.results().current(c.comparison()));
    newest(all.campaigns().values()).stream()
        .limit(NEWEST)
        .forEach(c -> campaigns.figures().current(c.campaign()));
  }

  /** What is over and not kept: comparisons first, the newest first. */
  private List<Runnable> due() {
    RegistryState all = RunningPlatform.await(platform.replicas().registry().all());
    Map<String, Long> numbers = RunningPlatform.await(platform.readSide().numbers());
    List<Runnable> due = new ArrayList<>();
    Map<String, Finding> results = comparisons.results().findings();
    for (ComparisonListed c : newest(all.comparisons().values())) {
      if (!comparisons.results().holds(results.get(c.comparison()), numbers)) {
        due.add(() -> attempt(c.comparison(), () -> isOver(c), comparisons::keep));
      }
    }
    Map<String, Finding> figures = campaigns.figures().findings();
    for (CampaignListed c : newest(all.campaigns().values())) {
      if (!campaigns.figures().holds(figures.get(c.campaign()), numbers)) {
        due.add(() -> attempt(c.campaign(), () -> isOver(c.campaign()), campaigns::keep));
      }
    }
    return due;
  }

  private static <T> List<T> newest(Collection<T> oldestFirst) {
    List<T> all = new ArrayList<>(oldestFirst);
    Collections.reverse(all);
    return all;
  }

  private boolean isOver(ComparisonListed listed) {
    return RunningPlatform.await(platform.readSide().comparison(listed.comparison()))
            .filter(p -> p.status() == ComparisonProgress.Status.COMPLETED)
            .isPresent()
        && listed.spec().sides().stream().allMatch(side -> isOver(side.campaign()));
  }

  private boolean isOver(String campaign) {
    return RunningPlatform.await(platform.readSide().campaign(campaign))
        .filter(p -> CampaignOverview.over(p) != null)
        .isPresent();
  }

  private void attempt(String id, BooleanSupplier isOver, Consumer<String> keep) {
    Long before = failedAt.get(id);
    if (before != null && System.nanoTime() - before < PAUSE_NANOS) {
      return;
    }
    try {
      if (isOver.getAsBoolean()) {
        keep.accept(id);
      }
      failedAt.remove(id);
    } catch (RuntimeException e) {
      if (failedAt.put(id, System.nanoTime()) == null) {
        warn(id + " was not computed", e);
      }
    }
  }

  private void warn(String what, RuntimeException e) {
    if (!closed) {
      LOG.warn("{}: {}", what, e.getMessage());
    }
  }

  @Override
  public void close() {
    closed = true;
    running.shutdown();
  }
}
