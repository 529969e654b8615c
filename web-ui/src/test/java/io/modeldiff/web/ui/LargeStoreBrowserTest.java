package io.modeldiff.web.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modeldiff.web.LivePlatform;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How long pages take over 300 campaigns and a comparison of a million samples. */
@Tag("heavy")
@ExtendWith(LivePlatform.Shared.class)
class LargeStoreBrowserTest {
  private static final long MOST_MILLIS = 2000;

  @Test
  void pages_overALargeStore_areThereWithinTwoSeconds(
      LivePlatform platform, @TempDir Path directory) {
    assumeTrue(Browser.installed(), "Chromium is not installed");
    try (LivePlatform.Front front = platform.front();
        Browser browser = new Browser(front.pages(), directory.resolve("profile"))) {
      String id = platform.fill(front.services(), 300);
      browser.width(1440);
      browser.open("system");
      browser.find("vaadin-side-nav-item[path='campaigns']");
      Map<String, Long> millis = new LinkedHashMap<>();
      clicked(
          browser,
          millis,
          "campaigns",
          "vaadin-side-nav-item[path='campaigns']",
          "#campaigns vaadin-grid-cell-content a");
      clicked(browser, millis, "a campaign", "#campaigns a[href^='campaign/']", "#history");
      clicked(
          browser,
          millis,
          "comparisons",
          "vaadin-side-nav-item[path='comparisons']",
          "#comparisons a");
      clicked(browser, millis, "the comparison", "a[href='comparison/" + id + "']", "#term-0");
      browser.find("#inputs .md-input");
      clicked(browser, millis, "home", "vaadin-side-nav-item[path='']", "a.md-item");
      clicked(
          browser, millis, "the comparison again", "a[href='comparison/" + id + "']", "#term-0");
      clicked(browser, millis, "models", "vaadin-side-nav-item[path='models']", "#models");
      clicked(browser, millis, "new comparison", "vaadin-side-nav-item[path='compare']", "#start");
      clicked(browser, millis, "system", "vaadin-side-nav-item[path='system']", ".md-card");
      System.err.println("milliseconds from the click: " + millis);
      assertThat(millis.values()).allMatch(m -> m <= MOST_MILLIS);
    }
  }

  private static void clicked(
      Browser browser, Map<String, Long> millis, String name, String link, String shown) {
    browser.find(link);
    millis.put(name, browser.millisFromClick(link, shown));
  }
}
