package io.modeldiff.web.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldiff.web.LivePlatform;
import io.modeldiff.web.result.Count;
import io.modeldiff.web.result.Numbers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** What a newcomer does, on a real platform, without ever reloading a page. */
@Order(1)
@ExtendWith(LivePlatform.Shared.class)
class FirstStartBrowserTest {
  private static final String[] TERMS = {"pdAB", "paAB", "paBA", "pdBA"};

  @Test
  void firstStart_oneClick_leadsOverLiveProgressToTheResultOfTheApi(
      LivePlatform platform, @TempDir Path directory) {
    assumeTrue(Browser.installed(), "Chromium is not installed");
    try (LivePlatform.Front front = platform.front();
        Browser browser = new Browser(front.pages(), directory.resolve("profile"))) {
      browser.width(1440);
      browser.open("");
      browser.waitForText("body", "First steps");
      browser.waitForText("#who", "this machine only");
      browser.click("#run-demo");
      browser.waitForAddress("comparison/");
      browser.js("window.neverReloaded = true");
      browser.waitForText("#progress", "evaluations of A");
      String early = browser.find("#progress").getText();
      browser.until(d -> !browser.find("#progress").getText().equals(early));
      browser.open("");
      browser.waitForText("body", "Sampling small-toy");
      browser.back();
      browser.js("window.neverReloaded = true");
      browser.patiently("#term-0");
      String id = browser.address().replaceAll(".*comparison/([^?]+).*", "$1");
      String comparison = front.routes() + "comparisons/" + id;
      browser.patientlyUntil(
          d -> Api.get(comparison).path("phase").asText().equals("done") ? d : null);
      JsonNode result = Api.get(comparison + "/result");
      for (int i = 0; i < TERMS.length; i++) {
        browser.waitForText("#term-" + i, count(result.at("/terms/" + TERMS[i])));
      }
      browser.waitForText("#headline", Api.get(comparison).path("headline").asText());
      assertThat(browser.js("return window.neverReloaded")).isEqualTo(true);
      rangeToMicroscopeAndBack(browser, front, id);
      assertThat(browser.hosts())
          .containsOnly(front.pages().substring(7, front.pages().length() - 1));
      assertThat(browser.errors()).isEmpty();
    }
  }

  private static String count(JsonNode term) {
    return Numbers.count(Count.of(term.path("log10").asDouble(), term.path("relSe").asDouble()));
  }

  private static void rangeToMicroscopeAndBack(
      Browser browser, LivePlatform.Front front, String id) {
    browser.drag("md-chart[range]", 0.3, 0.45);
    browser.until(d -> browser.address().contains("from="));
    String chosen = browser.address();
    double from = Double.parseDouble(chosen.replaceAll(".*[?&]from=([^&]+).*", "$1"));
    double to = Double.parseDouble(chosen.replaceAll(".*[?&]to=([^&]+).*", "$1"));
    assertThat(from).isLessThan(to);
    browser.waitForText(".md-two", ", D from ");
    JsonNode listed =
        Api.get(
            front.routes()
                + "comparisons/"
                + id
                + "/inputs?direction=AB&limit=100&from="
                + from
                + "&to="
                + to);
    String heaviest = listed.at("/inputs/0").path("text").asText();
    browser.waitForText("#inputs .md-input", heaviest);
    browser.click("#inputs .md-input");
    browser.find("md-tokens button");
    List<WebElement> tokens = browser.all("md-tokens button");
    assertThat(tokens).hasSize(listed.at("/inputs/0").path("ids").size());
    browser.click("#back");
    browser.waitForText(".md-two", ", D from ");
    browser.waitForText("#inputs .md-input", heaviest);
    assertThat(browser.address()).isEqualTo(chosen);
  }
}
