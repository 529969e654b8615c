package io.modeldiff.web.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modeldiff.core.platform.PlatformOptions;
import io.modeldiff.web.Platform;
import io.modeldiff.web.access.AccessControl;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.live.LiveServices;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.server.DashboardServer;
import io.modeldiff.web.service.AnnotationService.NewProject;
import io.modeldiff.web.service.AnnotationService.Progress;
import io.modeldiff.web.service.ComparisonService;
import io.modeldiff.web.service.Services;
import io.modeldiff.web.service.SpaceSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Two people annotate one project in two browsers by keyboard; a third watches. */
@Tag("heavy")
class AnnotationBrowserTest {
  private static final Path MODELS = Path.of("..", "models");
  private static final long TWO_SECONDS = 2_000_000_000L;

  private static String comparison(Services services) throws InterruptedException {
    Caller local = Caller.local();
    services.models().add("small-toy", MODELS.resolve("small-toy").toString(), local);
    services.models().add("large-toy", MODELS.resolve("large-toy").toString(), local);
    String id =
        services
            .comparisons()
            .start(
                new ComparisonService.Spec(
                    "small-toy",
                    "large-toy",
                    new SpaceSpec(8, "1.74:2.00", "bos", "0-9"),
                    "tempering",
                    List.of(),
                    16,
                    1,
                    20_000L,
                    null,
                    0,
                    0.02),
                local);
    while (!services.comparisons().get(id).phase().isOver()) {
      Thread.sleep(500);
    }
    return id;
  }

  private static String project(Services services, String comparison) {
    return services
        .annotations()
        .create(
            new NewProject(
                "Sums",
                comparison,
                null,
                null,
                null,
                1,
                4,
                1,
                1,
                "Is the digit sum divisible by 30?",
                null,
                null,
                null,
                "browser-test"),
            Caller.local());
  }

  @Test
  void twoBrowsers_annotatingAtOnce_neverShareAnItemWhileAThirdWatches(@TempDir Path directory)
      throws Exception {
    assumeTrue(Browser.installed(), "Chromium is not installed");
    AccessControl access = AccessControl.listeningOn("127.0.0.1", Platform.users(directory));
    try (RunningPlatform platform =
            RunningPlatform.start(
                PlatformOptions.local(directory.resolve("data")), "cpu", System.err::println);
        LiveServices live = LiveServices.start(platform, access, "cpu");
        DashboardServer server = DashboardServer.start("127.0.0.1", 0, live.services())) {
      String id = project(live.services(), comparison(live.services()));
      String base = "http://127.0.0.1:" + server.port() + "/";
      try (Browser ann = new Browser(base, directory.resolve("ann"));
          Browser bob = new Browser(base, directory.resolve("bob"));
          Browser watcher = new Browser(base, directory.resolve("watcher"))) {
        watcher.open("annotation/" + id);
        watcher.waitForText("#precision-pdAB", "not annotated");
        ann.open("annotations");
        ann.waitForText("body", "Sums");
        ann.shoot("annotations");
        ann.open("annotate/" + id + "?as=ann");
        ann.find("#item");
        ann.shoot("annotate");
        bob.open("annotate/" + id + "?as=bob");
        CompletableFuture<List<String>> first = CompletableFuture.supplyAsync(() -> annotate(ann));
        CompletableFuture<List<String>> second = CompletableFuture.supplyAsync(() -> annotate(bob));
        Set<List<String>> precisions = new LinkedHashSet<>();
        Set<List<String>> recalls = new LinkedHashSet<>();
        watch(watcher, live.services(), id, precisions, recalls);
        List<String> items = new ArrayList<>(first.get());
        items.addAll(second.get());
        Progress end = live.services().annotations().get(id).progress();
        assertThat(items).doesNotHaveDuplicates().hasSize(end.items());
        assertThat(end.complete()).isEqualTo(end.items());
        assertThat(end.people().keySet()).containsExactlyInAnyOrder("ann", "bob");
        System.out.println("BROWSERS the watcher saw precision " + precisions);
        System.out.println("BROWSERS the watcher saw recall " + recalls);
        assertThat(precisions).hasSizeGreaterThan(2);
        assertThat(recalls).hasSizeGreaterThan(2);
        watcher.shoot("annotation");
        ann.shoot("annotate-done");
        assertThat(watcher.errors()).isEmpty();
        assertThat(ann.errors()).isEmpty();
      }
    }
  }

  /** Scores by key until nothing is left; answers the items in order. */
  private static List<String> annotate(Browser browser) {
    List<String> items = new ArrayList<>();
    String last = "";
    while (true) {
      String before = last;
      String now =
          browser.until(
              d -> {
                List<WebElement> cards = d.findElements(By.cssSelector("#item"));
                if (cards.isEmpty()) {
                  return d.getPageSource().contains("Nothing is left for you") ? "done" : null;
                }
                String item = String.valueOf(cards.get(0).getAttribute("data-item"));
                return item.equals(before) ? null : item;
              });
      if (now.equals("done")) {
        return items;
      }
      items.add(now);
      last = now;
      browser.find("body").sendKeys(items.size() % 3 == 0 ? "0" : "1");
    }
  }

  /**
   * Keeps what stands under the four terms' precision and recall until all is answered; progress is
   * there within two seconds.
   */
  private static void watch(
      Browser watcher,
      Services services,
      String id,
      Set<List<String>> precisions,
      Set<List<String>> recalls) {
    while (true) {
      Progress now = services.annotations().get(id).progress();
      long since = System.nanoTime();
      watcher.until(d -> answers(d.findElement(By.id("annotation-progress"))) >= now.answers());
      assertThat(System.nanoTime() - since).as("ns until shown").isLessThan(TWO_SECONDS);
      precisions.add(figures(watcher, "precision"));
      recalls.add(figures(watcher, "recall"));
      if (now.complete() == now.items()) {
        watcher.waitForText("#precision-pdBA", "%");
        return;
      }
    }
  }

  private static List<String> figures(Browser watcher, String figure) {
    String all =
        String.valueOf(
            watcher.js(
                "return [...document.querySelectorAll(arguments[0])]"
                    + ".map(e => e.textContent).join('|')",
                "[id^=" + figure + "-] .md-tile-value"));
    return List.of(all.split("\\|"));
  }

  private static int answers(WebElement progress) {
    String text = progress.getText();
    int of = text.indexOf(" of ");
    return Integer.parseInt(
        text.substring(text.lastIndexOf('\n', of) + 1, of).strip().replace(",", ""));
  }
}
