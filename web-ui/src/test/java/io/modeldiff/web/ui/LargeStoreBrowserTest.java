package io.modeldiff.web.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modeldiff.web.LivePlatform;
import io.modeldiff.web.platform.RunningPlatform;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long pages take over 300 campaigns and a comparison of a million samples, after a restart of
 * the platform: nothing is in memory yet.
 */
@Tag("heavy")
@ExtendWith(LivePlatform.Shared.class)
class LargeStoreBrowserTest {
  private static final long MOST_MILLIS = 2000;
  private static final int CAMPAIGNS = 300;
  private static final int SAMPLES = 1_000_000;
  private static final String CHART = "md-chart canvas";
  private static final String FINDING = "finds likely";
  private static final String INPUT = "#inputs .md-input";

  private final Map<String, Long> millis = new LinkedHashMap<>();

  @Test
  void pages_overALargeStore_areThereWithinTwoSeconds(
      LivePlatform platform, @TempDir Path directory) throws Exception {
    assumeTrue(Browser.installed(), "Chromium is not installed");
    String id = fill(platform);
    platform.restart();
    try (LivePlatform.Front front = platform.front();
        Browser browser = new Browser(front.pages(), directory.resolve("profile"))) {
      browser.width(1440);
      browser.open("system");
      browser.find(".md-card");
      clicked(browser, "campaigns", nav("campaigns"), "#campaigns vaadin-grid-cell-content a");
      clicked(browser, "a campaign", "#campaigns a[href^='campaign/']", "#history", CHART);
      clicked(browser, "comparisons", nav("comparisons"), "#comparisons a");
      assertThat(browser.find("#comparisons").getText()).contains(FINDING);
      clicked(browser, "the comparison", link(id), "#term-0", CHART, INPUT);
      millis.put("other inputs", millisToOtherInputs(browser));
      clicked(browser, "home", nav(""), "a.md-item");
      assertThat(browser.find("a.md-item").getText()).contains(FINDING);
      clicked(browser, "the comparison again", link(id), "#term-0", CHART, INPUT);
      millis.put("other inputs again", millisToOtherInputs(browser));
      clicked(browser, "models", nav("models"), "#models");
      clicked(browser, "new comparison", nav("compare"), "#start");
      clicked(browser, "system", nav("system"), ".md-card");
    } finally {
      System.err.printf(
          "milliseconds from the click, load average %.1f: %s%n",
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), millis);
    }
    // Other inputs than the first take all samples, which are read once the page is there.
    millis.remove("other inputs");
    assertThat(millis.values()).allMatch(m -> m <= MOST_MILLIS);
  }

  /** Histories as a long life leaves them, with what a front has kept of them. */
  private static String fill(LivePlatform platform) throws InterruptedException {
    try (LivePlatform.Front front = platform.front()) {
      String id = platform.fill(front.services(), CAMPAIGNS, SAMPLES / 100);
      long start = System.nanoTime();
      while (!kept(platform).contains(id) || kept(platform).size() < CAMPAIGNS + 3) {
        Thread.sleep(1000);
      }
      System.err.printf("seconds until all was kept: %.0f%n", (System.nanoTime() - start) / 1e9);
      return id;
    }
  }

  private static Set<String> kept(LivePlatform platform) {
    Set<String> kept = new HashSet<>();
    kept.addAll(
        RunningPlatform.await(platform.readSide().comparisonDocuments().findings()).keySet());
    kept.addAll(RunningPlatform.await(platform.readSide().campaignDocuments().findings()).keySet());
    return kept;
  }

  /** Until everything that is looked for is there. */
  private void clicked(Browser browser, String name, String link, String... shown) {
    browser.find(link);
    List<Long> each = browser.millisFromClick(link, shown);
    millis.put(name, Collections.max(each));
    System.err.println(name + ": " + List.of(shown) + " after " + each + " ms");
  }

  /** From typing a range of D to its inputs. */
  private static long millisToOtherInputs(Browser browser) {
    browser.js("document.querySelector('#inputs').id = 'before'");
    long start = System.nanoTime();
    browser.type("#range-from", "-0.1");
    browser.type("#range-to", "0.1");
    browser.find(INPUT);
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static String nav(String path) {
    return "vaadin-side-nav-item[path='" + path + "']";
  }

  private static String link(String comparison) {
    return "a[href='comparison/" + comparison + "']";
  }
}
