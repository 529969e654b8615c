package io.modeldiff.web.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldiff.web.LivePlatform;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.result.Numbers;
import io.modeldiff.web.service.BundledDemo;
import io.modeldiff.web.service.Services;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The pages of a platform on which something happened: each looks as its screenshot shows. */
@Order(2)
@ExtendWith(LivePlatform.Shared.class)
class TourBrowserTest {
  private static final String CORPUS =
      "The cat sat on the mat.\n"
          + "for (int i = 0; i < n; i++) {\n"
          + "Two and two is four.\n"
          + "import os, sys\n"
          + "She said that she would come.\n"
          + "return a + b;\n"
          + "Once there was a king.\n"
          + "def add(a, b):";

  @Test
  void corpus_ofLmdiff_leadsFromTheRankingToThePhrase(
      LivePlatform platform, @TempDir Path directory) {
    assumeTrue(Browser.installed(), "Chromium is not installed");
    try (LivePlatform.Front front = platform.front();
        Browser browser = new Browser(front.pages(), directory.resolve("profile"))) {
      Services services = front.services();
      BundledDemo.register(services, Caller.local());
      services.corpora().add("phrases", CORPUS, Caller.local());
      browser.width(1440);
      browser.open("corpora");
      browser.waitForText("#corpora", "phrases");
      browser.shoot("corpora");
      browser.open("corpus/phrases?a=mini-prose&b=mini-code&metric=avg_prob_diff");
      browser.waitForText("#snippets", "phrase ");
      JsonNode first =
          Api.get(
                  front.routes()
                      + "corpora/phrases/ranking?a=mini-prose&b=mini-code&metric=avg_prob_diff")
              .at("/snippets/0");
      browser.waitForText("#snippets .md-input", first.path("text").asText());
      browser.waitForText(
          "#snippets .md-input", Numbers.significant(first.path("value").asDouble(), 3));
      browser.shoot("corpus");
      browser.type("#words", "return");
      browser.click("#rank");
      browser.until(d -> browser.all("#snippets .md-input").size() == 1 ? d : null);
      browser.waitForText("#snippets .md-input", "return a + b;");
      browser.type("#words", "");
      browser.click("#rank");
      browser.waitForText("#snippets .md-input", first.path("text").asText());
      browser.click("#snippets .md-input");
      browser.find("md-tokens button");
      browser.click("[data-measure=RANK_DIFF]");
      browser.find("[data-measure=RANK_DIFF][theme~=primary]");
      browser.all("md-tokens button").get(1).click();
      browser.until(d -> browser.all("#cards .md-tokencard").size() == 2 ? d : null);
      browser.shoot("microscope");
      browser.click("#back");
      browser.waitForText("#snippets", "phrase ");
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void wizard_takesYaml_findsZ_andStartsAComparison(
      LivePlatform platform, @TempDir Path directory) {
    assumeTrue(Browser.installed(), "Chromium is not installed");
    try (LivePlatform.Front front = platform.front();
        Browser browser = new Browser(front.pages(), directory.resolve("profile"))) {
      BundledDemo.register(front.services(), Caller.local());
      browser.width(1440);
      browser.open("compare");
      browser.waitForText("body", "4 · Method and budget");
      browser.waitForValue("#yaml", "bin: ");
      browser.type("#yaml", "a: mini-prose\nlength: eight");
      browser.waitForText("body", "Line 2, field length: expected a whole number");
      browser.type(
          "#yaml",
          "a: mini-prose\nb: mini-prose-tuned\nlength: 5\nz: '2:4'\nallow: all\nlanes: 8\n"
              + "evaluations: 400000\nseed: 5\nbin: 0.05");
      browser.waitForValue("#yaml", "b: mini-prose-tuned");
      browser.waitForText("body", "✓ ");
      browser.waitForValue("#length", "5");
      browser.click("#explore");
      browser.click("#middle-half");
      browser.until(d -> !browser.value("#yaml").contains("2.0:4.0") ? d : null);
      browser.click("#predict");
      browser.waitForText("body", "About ");
      browser.shoot("wizard");
      String yaml = browser.value("#yaml");
      browser.click("#start");
      browser.waitForAddress("comparison/");
      String id = browser.address().replaceAll(".*comparison/([^?]+).*", "$1");
      JsonNode started = Api.get(front.routes() + "comparisons/" + id);
      assertThat(started.path("b").asText()).isEqualTo("mini-prose-tuned");
      assertThat(yaml).contains("z: \"" + started.at("/space/z").asText() + "\"");
      browser.open("campaign/" + started.path("campaignA").asText());
      browser.click("#cancel");
      browser.type("#reason", "only a test");
      browser.click("vaadin-button[slot=confirm-button]");
      browser.waitForText("body", "cancelled");
      browser.waitForText("#history", "only a test");
      front.services().comparisons().cancel(id, "only a test", Caller.local());
      assertThat(browser.errors()).isEmpty();
    }
  }

  @Test
  void pages_ofARunningPlatform_areShown(LivePlatform platform, @TempDir Path directory) {
    assumeTrue(Browser.installed(), "Chromium is not installed");
    try (LivePlatform.Front front = platform.front();
        Browser browser = new Browser(front.pages(), directory.resolve("profile"))) {
      String id = BundledDemo.start(front.services(), Caller.local());
      browser.width(1440);
      browser.open("comparison/" + id);
      browser.find("#progress");
      browser.shoot("comparison-running");
      browser.patientlyUntil(
          d ->
              Api.get(front.routes() + "comparisons/" + id).path("phase").asText().equals("done")
                  ? d
                  : null);
      browser.patiently("#term-0");
      browser.find("#checks");
      browser.find("md-chart canvas");
      browser.shoot("comparison");
      browser.palette("safe");
      browser.shoot("comparison-safe-palette");
      browser.palette("lmdiff");
      browser.click("#inputs .md-input");
      browser.find("md-tokens button");
      browser.shoot("microscope-input");
      String campaign = Api.get(front.routes() + "comparisons/" + id).path("campaignA").asText();
      browser.open("campaign/" + campaign);
      browser.find("#verdict");
      JsonNode detail = Api.get(front.routes() + "campaigns/" + campaign);
      browser.waitForText("#verdict", detail.at("/convergence/verdict").asText());
      browser.waitForText("#history", "local");
      browser.shoot("campaign");
      for (String page :
          new String[] {"", "models", "system", "users", "campaigns", "comparisons", "lmdiff"}) {
        browser.open(page);
        browser.find(".md-page");
        browser.waitForText("body", "Model-diff");
        browser.shoot(page.isEmpty() ? "home" : page);
      }
      browser.open("no/such/page");
      browser.waitForText("body", "There is no such page");
      browser.open("campaign/none");
      browser.waitForText("body", "There is no campaign 'none'.");
      browser.shoot("unknown");
      assertThat(browser.errors()).allMatch(e -> e.contains("404"));
    }
  }
}
