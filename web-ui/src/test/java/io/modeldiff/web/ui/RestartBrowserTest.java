package io.modeldiff.web.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modeldiff.core.store.CassandraInstall;
import io.modeldiff.web.cli.Main;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code modeldiff serve}, killed while somebody watches a running comparison. */
@Tag("heavy")
class RestartBrowserTest {
  private static final int MOST_SECONDS = 240;

  @Test
  void page_whoseProcessIsKilledAndStartedAgain_goesOnByItself(@TempDir Path directory)
      throws Exception {
    assumeTrue(Browser.installed(), "Chromium is not installed");
    int pages = freePort();
    int routes = freePort();
    String url = "http://127.0.0.1:" + pages + "/";
    Process server = serve(directory, pages, routes);
    try {
      awaitAnswer(url);
      try (Browser browser = new Browser(url, directory.resolve("profile"))) {
        browser.open("");
        browser.click("#run-demo");
        browser.waitForAddress("comparison/");
        browser.waitForText("#progress", "evaluations of A");
        browser.js("window.before = true");
        String api = "http://127.0.0.1:" + routes + "/api/v1/";
        String id = browser.address().replaceAll(".*comparison/([^?]+).*", "$1");
        String campaign = Api.get(api + "comparisons/" + id).path("campaignA").asText();
        long round = roundOver(api, campaign, 20);
        server.destroyForcibly().waitFor();
        server = serve(directory, pages, routes);
        awaitAnswer(url);
        browser.patientlyUntil(
            d -> Boolean.FALSE.equals(browser.js("return window.before === true")) ? d : null);
        browser.patiently("#progress, #term-0");
        assertThat(roundOver(api, campaign, 0)).isGreaterThanOrEqualTo(round);
        browser.patientlyUntil(
            d ->
                Api.get(api + "comparisons/" + id).path("phase").asText().equals("done")
                    ? d
                    : null);
        browser.patiently("#term-0");
        assertThat(browser.address()).contains("comparison/" + id);
      }
    } finally {
      server.destroy();
      assertThat(server.waitFor(90, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static long roundOver(String api, String campaign, long least)
      throws InterruptedException {
    for (int i = 0; i < MOST_SECONDS; i++) {
      long round = Api.get(api + "campaigns/" + campaign).at("/summary/round").asLong();
      if (round >= least) {
        return round;
      }
      Thread.sleep(1000);
    }
    throw new AssertionError("the campaign stands still");
  }

  private static Process serve(Path directory, int pages, int routes) throws IOException {
    String home =
        Objects.requireNonNullElse(
            System.getProperty(CassandraInstall.HOME_PROPERTY),
            Path.of("..").toAbsolutePath().normalize().toString());
    String classes =
        Objects.requireNonNullElse(
            System.getProperty("surefire.test.class.path"), System.getProperty("java.class.path"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-Dmodeldiff.home=" + home,
            "-Dai.djl.offline=true",
            "-Dai.djl.pytorch.num_threads=1",
            "-cp",
            classes,
            Main.class.getName(),
            "serve",
            "--data",
            directory.resolve("data").toString(),
            "--port",
            String.valueOf(pages),
            "--api-port",
            String.valueOf(routes))
        .inheritIO()
        .start();
  }

  private static void awaitAnswer(String url) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    for (int i = 0; i < MOST_SECONDS; i++) {
      try {
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
        return;
      } catch (IOException e) {
        Thread.sleep(1000); // not up yet
      }
    }
    throw new AssertionError(url + " does not answer");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
