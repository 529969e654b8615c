package io.modeldiff.web.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modeldiff.web.Platform;
import io.modeldiff.web.Toy;
import io.modeldiff.web.access.AccessControl;
import io.modeldiff.web.server.DashboardServer;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonBrowserTest {
  @Test
  void comparison_ofTheToy_showsTermsChartsAndInputs(@TempDir Path directory) {
    assumeTrue(Browser.installed(), "Chromium is not installed");
    AccessControl access = AccessControl.listeningOn("127.0.0.1", Platform.users(directory));
    try (DashboardServer server =
            DashboardServer.start(
                "127.0.0.1", 0, Toy.services(access, Executors.newCachedThreadPool()));
        Browser browser =
            new Browser("http://127.0.0.1:" + server.port() + "/", directory.resolve("profile"))) {
      browser.width(1440);
      browser.open("");
      browser.waitForText("body", "Recent comparisons");
      browser.shoot("home-toy");
      browser.open("comparison/toy");
      browser.waitForText("#term-0", "1,880,000 ±1.2% inputs");
      browser.find("md-chart canvas");
      browser.find("#inputs .md-input");
      browser.shoot("comparison-toy");
      assertThat(browser.errors()).isEmpty();
    }
  }
}
