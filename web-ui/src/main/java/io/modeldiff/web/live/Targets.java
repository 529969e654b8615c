package io.modeldiff.web.live;

import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.registry.RegistryEvent.ComparisonListed;
import io.modeldiff.replica.campaign.CampaignView;
import io.modeldiff.replica.comparison.ComparisonStatus;
import io.modeldiff.web.compare.TargetStop;
import io.modeldiff.web.platform.RunningPlatform;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.UniqueKillSwitch;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends running comparisons where they meet the error that they were started with. What was started
 * from a page or a script has nobody else who would.
 */
final class Targets implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Targets.class);
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final RunningPlatform platform;
  private final UniqueKillSwitch running;
  private final Map<String, TargetStop> stops = new HashMap<>();
  private final Set<String> over = new HashSet<>();

  Targets(RunningPlatform platform, Executor background) {
    this.platform = platform;
    this.running =
        Source.tick(LOOK, LOOK, this)
            .viaMat(KillSwitches.single(), Keep.right())
            .mapAsync(1, targets -> CompletableFuture.runAsync(targets::look, background))
            .to(Sink.ignore())
            .run(platform.system());
  }

  private void look() {
    try {
      RunningPlatform.await(platform.replicas().registry().all())
          .comparisons()
          .values()
          .forEach(this::look);
    } catch (RuntimeException e) {
      // The store may be away for a while; the next look finds what this one did not.
      LOG.warn("target errors were not looked at: {}", e.getMessage());
    }
  }

  private void look(ComparisonListed listed) {
    ComparisonSpec spec = listed.spec();
    Double target = spec.targetError();
    if (target == null || over.contains(spec.id())) {
      return;
    }
    boolean running =
        RunningPlatform.await(platform.comparisons().view(spec.id())).status()
            == ComparisonStatus.RUNNING;
    if (!running) {
      over.add(spec.id());
      stops.remove(spec.id());
      return;
    }
    CampaignView a = campaign(spec, 0);
    CampaignView b = campaign(spec, 1);
    TargetStop stop =
        stops.computeIfAbsent(
            spec.id(), id -> new TargetStop(platform, platform.analysis(id), target));
    if (stop.isDue(a, b)) {
      stop.stopWhereMet(a, b);
    }
  }

  private CampaignView campaign(ComparisonSpec spec, int side) {
    return RunningPlatform.await(platform.campaigns().view(spec.sides().get(side).campaign()));
  }

  @Override
  public void close() {
    running.shutdown();
  }
}
