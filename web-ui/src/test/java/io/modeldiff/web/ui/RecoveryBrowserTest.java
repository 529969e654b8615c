package io.modeldiff.web.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.LoggerContext;
import io.modeldiff.web.Platform;
import io.modeldiff.web.Toy;
import io.modeldiff.web.access.AccessControl;
import io.modeldiff.web.server.DashboardServer;
import io.modeldiff.web.service.Services;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A page that is open while its server goes away and comes back without its sessions. */
class RecoveryBrowserTest {
  @Test
  void page_whoseServerRestarts_recoversByItself(@TempDir Path directory) {
    assumeTrue(Browser.installed(), "Chromium is not installed");
    Services services =
        Toy.services(
            AccessControl.listeningOn("127.0.0.1", Platform.users(directory)),
            Executors.newCachedThreadPool());
    DashboardServer first = DashboardServer.start("127.0.0.1", 0, services);
    int port = first.port();
    try (Browser browser =
        new Browser("http://127.0.0.1:" + port + "/", directory.resolve("profile"))) {
      browser.open("comparison/toy?norm=r3&found=AB&scale=linear");
      browser.waitForText("#scale", "Log scale");
      browser.js("window.before = true");
      first.close();
      assertThat(((LoggerContext) LoggerFactory.getILoggerFactory()).isStarted())
          .as("logging goes on without the dashboard")
          .isTrue();
      browser.waitForText(".md-gone", "does not answer");
      browser.shoot("no-answer");
      try (DashboardServer second = DashboardServer.start("127.0.0.1", port, services)) {
        browser.until(
            d -> Boolean.FALSE.equals(browser.js("return window.before === true")) ? d : null);
        browser.waitForText("#scale", "Log scale");
        assertThat(browser.address()).contains("norm=r3").contains("scale=linear");
        browser.click("#scale");
        browser.waitForText("#scale", "Linear scale");
        assertThat(second.port()).isEqualTo(port);
      }
    }
  }
}
