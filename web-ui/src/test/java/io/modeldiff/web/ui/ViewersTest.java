package io.modeldiff.web.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modeldiff.web.LivePlatform;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.service.BundledDemo;
import io.modeldiff.web.service.CampaignService;
import io.modeldiff.web.service.Services;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What twenty people who watch a running campaign cost its sampling: the share of the platform's
 * processor time that goes to them, which is what a platform that samples on all its cores loses.
 * The platform and its store have the first core and the people's browser the second, as if they
 * sat at machines of their own.
 */
@Tag("heavy")
@ExtendWith(LivePlatform.Shared.class)
class ViewersTest {
  private static final int VIEWERS = 20;
  private static final int SECONDS = 30;
  private static final int PAIRS = 3;
  private static final double MOST = 0.05;

  @Test
  void sampling_watchedByTwenty_losesLessThanFivePercent(
      LivePlatform platform, @TempDir Path directory) throws Exception {
    assumeTrue(Browser.installed(), "Chromium is not installed");
    pin(ProcessHandle.current(), 0);
    for (ProcessHandle store : ProcessHandle.current().descendants().toList()) {
      pin(store, 0);
    }
    try (LivePlatform.Front front = platform.front()) {
      String id = start(front.services());
      List<Pace> alone = new ArrayList<>();
      List<Pace> watched = new ArrayList<>();
      Path profiles = directory.resolve("profiles");
      watched(front, id, profiles.resolve("first")); // the pages' code is compiled meanwhile
      for (int i = 0; i < PAIRS; i++) {
        alone.add(pace(front.services(), id));
        watched.add(watched(front, id, profiles.resolve("then" + i)));
      }
      front.services().campaigns().cancel(id, "measured", Caller.local());
      System.err.printf("alone %s%nwatched %s%n", alone, watched);
      double lost = 1 - cost(alone) / cost(watched);
      System.err.printf("share of the platform's processor time: %.3f%n", lost);
      assertThat(lost).as("share of sampling lost").isLessThan(MOST);
    }
  }

  private static Pace watched(LivePlatform.Front front, String id, Path profile) throws Exception {
    try (Browser browser = new Browser(front.pages(), profile)) {
      pinBrowsers();
      for (int viewer = 0; viewer < VIEWERS; viewer++) {
        browser.openAsAnother("campaign/" + id);
        browser.find("#verdict");
      }
      pinBrowsers();
      return pace(front.services(), id);
    }
  }

  /**
   * How fast it samples.
   *
   * @param rate evaluations per second, which depends on what else the machine does
   * @param cost processor seconds of the platform per evaluation, which does not
   */
  private record Pace(double rate, double cost) {}

  private static double cost(List<Pace> paces) {
    return paces.stream().mapToDouble(Pace::cost).average().orElseThrow();
  }

  private static String start(Services services) throws InterruptedException {
    BundledDemo.register(services, Caller.local());
    String id =
        services
            .campaigns()
            .start(
                new CampaignService.Spec(
                    "small-toy",
                    BundledDemo.spec().space(),
                    "tempering",
                    List.of(),
                    32,
                    77,
                    2_500_000L, // more than it can do meanwhile
                    null),
                Caller.local());
    while (services.campaigns().get(id).rungs().isEmpty()) {
      Thread.sleep(1000);
    }
    return id;
  }

  private static Pace pace(Services services, String id) throws InterruptedException {
    Thread.sleep(15_000);
    long start = System.nanoTime();
    double cpu = processorSeconds();
    long before = evaluations(services, id);
    Thread.sleep(1000L * SECONDS);
    double done = evaluations(services, id) - before;
    return new Pace(done / ((System.nanoTime() - start) / 1e9), (processorSeconds() - cpu) / done);
  }

  private static double processorSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  private static long evaluations(Services services, String id) {
    return services.campaigns().list(1000).stream()
        .filter(c -> c.id().equals(id))
        .findFirst()
        .orElseThrow()
        .evaluations();
  }

  private static void pinBrowsers() throws Exception {
    Predicate<ProcessHandle> browser =
        p -> p.info().command().filter(c -> c.contains("chrom")).isPresent();
    for (ProcessHandle each : ProcessHandle.current().descendants().filter(browser).toList()) {
      pin(each, 1);
    }
  }

  private static void pin(ProcessHandle process, int core) throws Exception {
    new ProcessBuilder(
            "taskset", "-a", "-c", "-p", String.valueOf(core), String.valueOf(process.pid()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
