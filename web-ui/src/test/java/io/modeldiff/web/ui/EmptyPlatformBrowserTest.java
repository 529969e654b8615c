package io.modeldiff.web.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modeldiff.web.Platform;
import io.modeldiff.web.server.DashboardServer;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmptyPlatformBrowserTest {
  @Test
  void firstStart_nothingRegistered_guidesAndLoadsNothingFromOutside(@TempDir Path directory) {
    assumeTrue(Browser.installed(), "Chromium is not installed");
    try (DashboardServer server =
            DashboardServer.start(
                "127.0.0.1", 0, Platform.empty(directory, Executors.newCachedThreadPool()));
        Browser browser =
            new Browser("http://127.0.0.1:" + server.port() + "/", directory.resolve("profile"))) {
      browser.width(1440);
      browser.open("");
      browser.waitForText("body", "First steps");
      browser.waitForText("#who", "this machine only");
      browser.shoot("home-empty");
      for (String page : new String[] {"comparisons", "campaigns", "models", "system"}) {
        browser.open(page);
        browser.find(".md-page");
        browser.shoot(page + "-empty");
      }
      assertThat(browser.hosts()).containsOnly("127.0.0.1:" + server.port());
      assertThat(browser.errors()).isEmpty();
    }
  }
}
