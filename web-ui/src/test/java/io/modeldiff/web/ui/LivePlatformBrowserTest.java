package io.modeldiff.web.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.web.Platform;
import io.modeldiff.web.access.AccessControl;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.api.ApiServer;
import io.modeldiff.web.live.LiveServices;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.server.DashboardServer;
import io.modeldiff.web.service.ComparisonService;
import io.modeldiff.web.result.Count;
import io.modeldiff.web.service.Services;
import io.modeldiff.web.service.SpaceSpec;
import io.modeldiff.web.result.Numbers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages over a real platform: embedded Cassandra, actors, two small language models. */
@Tag("heavy")
class LivePlatformBrowserTest {
  private static final Path MODELS =
      Path.of("..", "analysis", "src", "test", "resources", "lmdiff", "gpt2_near_pair");

  private static String start(Services services) {
    Caller local = Caller.local();
    services.models().add("m", MODELS.resolve("lm_m").toString(), local);
    services.models().add("n", MODELS.resolve("lm_n").toString(), local);
    services
        .corpora()
        .add("small", "The cat sat on the mat.\nTwo and two is four.\nA third line.", local);
    ComparisonService.ZPicture z =
        services
            .comparisons()
            .explore("m", new SpaceSpec(6, "0:1", "bos", "all"), List.of(1.0), List.of("The cat"));
    double median = z.perBeta().get(0).median();
    return services
        .comparisons()
        .start(
            new ComparisonService.Spec(
                "m",
                "n",
                new SpaceSpec(6, (median - 0.5) + ":" + (median + 0.5), "bos", "all"),
                "tempering",
                List.of(),
                16,
                1,
                20_000L,
                null,
                0,
                0.05),
            local);
  }

  @Test
  void comparison_onARealPlatform_isShownLiveAndEqualsTheApi(@TempDir Path directory)
      throws Exception {
    assumeTrue(Browser.installed(), "Chromium is not installed");
    AccessControl access = AccessControl.listeningOn("127.0.0.1", Platform.users(directory));
    try (RunningPlatform platform =
            RunningPlatform.start(
                PlatformOptions.local(directory.resolve("data")), "cpu", System.err::println);
        LiveServices live = LiveServices.start(platform, access, "cpu");
        ApiServer api = ApiServer.start("127.0.0.1", 0, live.services(), platform.system());
        DashboardServer server = DashboardServer.start("127.0.0.1", 0, live.services());
        Browser browser =
            new Browser("http://127.0.0.1:" + server.port() + "/", directory.resolve("profile"))) {
      String id = start(live.services());
      browser.width(1440);
      browser.open("");
      browser.waitForText("body", "Running");
      browser.shoot("live-home-running");
      browser.open("comparison/" + id);
      browser.patiently("#term-0");
      browser.patiently("#inputs .md-input");
      browser.shoot("live-comparison");
      String base = "http://127.0.0.1:" + api.port() + "/api/v1/comparisons/" + id;
      while (!get(base).path("phase").asText().equals("done")) {
        Thread.sleep(1000);
      }
      browser.open("comparison/" + id);
      JsonNode term = get(base + "/result").at("/terms/pdAB");
      Count count = Count.of(term.path("log10").asDouble(), term.path("relSe").asDouble());
      browser.waitForText("#term-0", Numbers.count(count));
      browser.shoot("live-comparison-done");
      browser.find("#inputs .md-input").click();
      browser.find("md-tokens button");
      browser.shoot("live-microscope");
      browser.open("campaign/" + get(base).path("campaignA").asText());
      browser.find("#verdict");
      browser.shoot("live-campaign");
      browser.open("corpus/small?a=m&b=n&metric=avg_prob_diff");
      browser.find("#snippets .md-input");
      browser.shoot("live-corpus");
      browser.open("compare");
      browser.find("#explore").click();
      browser.find("md-chart canvas");
      browser.shoot("live-wizard");
      for (String page : new String[] {"models", "corpora", "system", "users", "campaigns"}) {
        browser.open(page);
        browser.find(".md-page");
        browser.shoot("live-" + page);
      }
      assertThat(browser.errors()).isEmpty();
    }
  }

  private static JsonNode get(String url) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new JsonMapper().readTree(response.body());
  }
}
