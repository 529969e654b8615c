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
 * What twenty people who watch a running campaign cost its sampling. The platform has the first
 * core to itself and the people's browser the second, as if they sat at machines of their own.
 */
@Tag("heavy")
@ExtendWith(LivePlatform.Shared.class)
class ViewersTest {
  private static final int VIEWERS = 20;
  private static final int SECONDS = 60;
  private static final int PAIRS = 3;
  private static final double MOST = 0.05;

  @Test
  void sampling_watchedByTwenty_losesLessThanFivePercent(
      LivePlatform platform, @TempDir Path directory) throws Exception {
    assumeTrue(Browser.installed(), "Chromium is not installed");
    pin(ProcessHandle.current(), 0);
    try (LivePlatform.Front front = platform.front()) {
      String id = start(front.services());
      List<Double> alone = new ArrayList<>();
      List<Double> watched = new ArrayList<>();
      for (int i = 0; i < PAIRS; i++) {
        alone.add(rate(front.services(), id));
        try (Browser browser = new Browser(front.pages(), directory.resolve("profile" + i))) {
          pinBrowsers();
          for (int viewer = 0; viewer < VIEWERS; viewer++) {
            browser.openTab("campaign/" + id);
            browser.find("#verdict");
          }
          pinBrowsers();
          watched.add(rate(front.services(), id));
        }
      }
      front.services().campaigns().cancel(id, "measured", Caller.local());
      double before = alone.stream().mapToDouble(r -> r).average().orElseThrow();
      double with = watched.stream().mapToDouble(r -> r).average().orElseThrow();
      System.err.printf("evaluations per second: alone %s, watched %s%n", alone, watched);
      assertThat(1 - with / before).as("share of sampling lost").isLessThan(MOST);
    }
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
                    4_000_000L,
                    null),
                Caller.local());
    while (services.campaigns().get(id).rungs().isEmpty()) {
      Thread.sleep(1000);
    }
    return id;
  }

  private static double rate(Services services, String id) throws InterruptedException {
    Thread.sleep(3000);
    long start = System.nanoTime();
    long before = evaluations(services, id);
    Thread.sleep(1000L * SECONDS);
    long done = evaluations(services, id) - before;
    return done / ((System.nanoTime() - start) / 1e9);
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
