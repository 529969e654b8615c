package io.modeldiff.web.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modeldiff.web.Platform;
import io.modeldiff.web.server.DashboardServer;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages on which there is nothing yet say why, and what to do about it. */
class EmptyPagesBrowserTest {
  @Test
  void pages_ofAnEmptyPlatform_sayWhatToDo(@TempDir Path directory) {
    assumeTrue(Browser.installed(), "Chromium is not installed");
    var services = Platform.empty(directory, Executors.newCachedThreadPool());
    try (DashboardServer server = DashboardServer.start("127.0.0.1", 0, services);
        Browser browser =
            new Browser("http://127.0.0.1:" + server.port() + "/", directory.resolve("profile"))) {
      browser.width(1440);
      browser.open("");
      browser.waitForText("body", "First steps");
      browser.shoot("home-empty");
      for (String page :
          new String[] {
            "comparisons", "campaigns", "compare", "models", "corpora", "lmdiff", "users"
          }) {
        browser.open(page);
        browser.find(".md-empty");
        browser.shoot(page + "-empty");
      }
      assertThat(browser.errors()).isEmpty();
    }
  }
}
