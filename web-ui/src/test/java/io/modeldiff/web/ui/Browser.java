package io.modeldiff.web.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Debian's Chromium, looking at one server. */
final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Path SHOTS = Path.of("target", "screenshots");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(100);

  private final ChromeDriver driver;
  private String base;

  Browser(String base, Path profile) {
    this.base = base;
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--force-color-profile=srgb",
        "--hide-scrollbars",
        "--user-data-dir=" + profile);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(DRIVER.toFile())
            .usingAnyFreePort()
            .build();
    driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(2));
  }

  /** Whether this machine has the browser and its driver. */
  static boolean installed() {
    return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
  }

  void open(String path) {
    driver.get(base + path);
  }

  /** Opens a page beside those that are open, as somebody else: in a session of its own. */
  void openAsAnother(String path) {
    driver.manage().deleteAllCookies();
    driver.switchTo().newWindow(WindowType.TAB);
    open(path);
  }

  WebElement find(String css) {
    return until(d -> d.findElement(By.cssSelector(css)));
  }

  /** Brings an element to the middle of the window and clicks it. */
  void click(String css) {
    until(
        d -> {
          WebElement element = d.findElement(By.cssSelector(css));
          js("arguments[0].scrollIntoView({block:'center'})", element);
          element.click();
          return element;
        });
  }

  /** Waits for what a computation brings. */
  WebElement patiently(String css) {
    return patientlyUntil(d -> d.findElement(By.cssSelector(css)));
  }

  /** Waits for what a computation or a restart brings. */
  <T> T patientlyUntil(Function<WebDriver, @Nullable T> condition) {
    return within(Duration.ofMinutes(6), condition);
  }

  void waitForText(String css, String text) {
    until(d -> d.findElement(By.cssSelector(css)).getText().contains(text));
  }

  List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  void waitForAddress(String part) {
    until(d -> address().contains(part));
  }

  String address() {
    return String.valueOf(driver.getCurrentUrl());
  }

  void back() {
    driver.navigate().back();
  }

  /** Types over what is in a field, and leaves it. */
  void type(String css, String text) {
    WebElement field = find(css + " input, " + css + " textarea, input" + css);
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.BACK_SPACE, text, Keys.TAB);
  }

  /** From a click in the page to each thing's being there, measured in the page. */
  List<Long> millisFromClick(String link, String... shown) {
    Object millis =
        driver.executeAsyncScript(
            "const [link, shown, done] = arguments, start = performance.now();"
                + "const before = shown.map(s => document.querySelector(s));"
                + "const millis = shown.map(() => null);"
                + "const look = () => {shown.forEach((s, i) => {"
                + "const e = document.querySelector(s);"
                + "if (millis[i] === null && e && e !== before[i])"
                + " millis[i] = Math.round(performance.now() - start);});"
                + "if (millis.every(m => m !== null)) done(millis); else setTimeout(look, 10);};"
                + "const l = document.querySelector(link);"
                + "(l.shadowRoot?.querySelector('a') ?? l).click(); look();",
            link,
            List.of(shown));
    return ((List<?>) Objects.requireNonNull(millis))
        .stream().map(m -> ((Number) m).longValue()).toList();
  }

  String value(String css) {
    return String.valueOf(js("return document.querySelector(arguments[0]).value", css));
  }

  void waitForValue(String css, String part) {
    until(d -> value(css).contains(part));
  }

  /** Chooses in a select by the text of its item. */
  void choose(String css, String item) {
    click(css);
    until(
            d ->
                all("vaadin-select-item").stream()
                    .filter(i -> i.isDisplayed() && i.getText().contains(item))
                    .findFirst()
                    .orElse(null))
        .click();
  }

  /** Drags over an element, from one share of its width to another, at half its height. */
  void drag(String css, double from, double to) {
    WebElement element = find(css);
    js("arguments[0].scrollIntoView({block:'center'})", element);
    int width = element.getSize().getWidth();
    new Actions(driver)
        .moveToElement(element, (int) ((from - 0.5) * width), 0)
        .clickAndHold()
        .moveToElement(element, (int) (((from + to) / 2 - 0.5) * width), 0)
        .moveToElement(element, (int) ((to - 0.5) * width), 0)
        .release()
        .perform();
  }

  <T> T until(Function<WebDriver, @Nullable T> condition) {
    return within(PATIENCE, condition);
  }

  // What the page looked like when something did not come says more than the trace.
  private <T> T within(Duration patience, Function<WebDriver, @Nullable T> condition) {
    try {
      return new WebDriverWait(driver, patience)
          .pollingEvery(POLL)
          .ignoring(WebDriverException.class)
          .until(condition::apply);
    } catch (TimeoutException e) {
      save("did-not-come-" + Instant.now().getEpochSecond() + ".png");
      throw e;
    }
  }

  @Nullable Object js(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Hosts from which anything was loaded. */
  @SuppressWarnings("unchecked")
  List<String> hosts() {
    Object hosts =
        js(
            "return [...new Set(performance.getEntriesByType('resource').map(e=>new"
                + " URL(e.name).host))]");
    return hosts == null ? List.of() : (List<String>) hosts;
  }

  /** Severe messages of the console. */
  List<String> errors() {
    return driver.manage().logs().get("browser").getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue())
        .map(Object::toString)
        .toList();
  }

  void theme(String theme) {
    js(
        "localStorage.setItem('md-theme',arguments[0]);"
            + "document.documentElement.setAttribute('theme',arguments[0])",
        theme);
  }

  void palette(String palette) {
    js("document.documentElement.dataset.palette = arguments[0]", palette);
  }

  void width(int pixels) {
    driver.manage().window().setSize(new Dimension(pixels, 900));
  }

  /** The whole page at 1440 and 1024 px in both themes, under target/screenshots. */
  void shoot(String name) {
    for (String theme : List.of("light", "dark")) {
      theme(theme);
      for (int pixels : new int[] {1440, 1024}) {
        Number height =
            (Number)
                js(
                    "return Math.max(900, 150 +"
                        + " Math.max(...[...document.querySelectorAll('.md-page')].map(e =>"
                        + " e.scrollHeight + 60), 0))");
        driver
            .manage()
            .window()
            .setSize(
                new Dimension(pixels, Math.min(2600, height == null ? 900 : height.intValue())));
        js("return new Promise(r=>setTimeout(r,400))");
        save(name + "-" + theme + "-" + pixels + ".png");
      }
    }
    theme("light");
    width(1440);
  }

  private void save(String file) {
    try {
      Files.createDirectories(SHOTS);
      Files.write(SHOTS.resolve(file), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
