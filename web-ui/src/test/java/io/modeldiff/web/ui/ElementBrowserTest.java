package io.modeldiff.web.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modeldiff.web.Platform;
import io.modeldiff.web.server.DashboardServer;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Elements of the dashboard whose script comes later than what they are to show. */
class ElementBrowserTest {
  private static final String SET =
      "const early = document.createElement(arguments[0]);"
          + "early[arguments[1]] = arguments[2];"
          + "early.style.cssText = 'display:block;width:300px;height:200px';"
          + "document.body.append(early);"
          + "return customElements.get(arguments[0]) === undefined";
  private static final String COME =
      "const script = document.createElement('script');"
          + "script.src = arguments[0]; script.async = false; document.head.append(script)";

  @Test
  void properties_setBeforeTheScriptCame_areShown(@TempDir Path directory) {
    assumeTrue(Browser.installed(), "Chromium is not installed");
    var services = Platform.empty(directory, Executors.newCachedThreadPool());
    try (DashboardServer server = DashboardServer.start("127.0.0.1", 0, services);
        Browser browser =
            new Browser("http://127.0.0.1:" + server.port() + "/", directory.resolve("profile"))) {
      browser.open("models");
      browser.find(".md-empty");
      assertThat(browser.js(SET, "md-chart", "option", "{\"title\":{\"text\":\"one\"}}"))
          .isEqualTo(true);
      assertThat(
              browser.js(
                  SET,
                  "md-tokens",
                  "data",
                  "{\"tokens\":[{\"text\":\"one\",\"title\":\"\",\"value\":1}]}"))
          .isEqualTo(true);
      browser.js(COME, "webjars/echarts/5.5.0/echarts.min.js");
      browser.js(COME, "md/chart.js");
      browser.js(COME, "md/tokens.js");
      browser.find("md-chart canvas");
      browser.waitForText("md-tokens button", "one");
      assertThat(browser.errors()).isEmpty();
    }
  }
}
