package io.modeldiff.web.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The style sheet's colours against WCAG 2.1 AA: 4.5 for text, 3 for lines and bars. */
class ContrastTest {
  private static final String LIGHT = "html {";
  private static final String LIGHT_SAFE = "html[data-palette='safe'] {";
  private static final String DARK = "html[theme~='dark'] {";
  private static final String DARK_SAFE = "html[theme~='dark'][data-palette='safe'] {";
  private static final List<String> TEXTS =
      List.of(
          "--md-text",
          "--md-muted",
          "--md-a-text",
          "--md-b-text",
          "--md-good",
          "--md-warn",
          "--md-bad",
          "--lumo-primary-text-color");
  private static final List<String> GRAPHICS =
      List.of("--md-a", "--md-b", "--md-c", "--md-d", "--md-e", "--md-f", "--md-accent");

  /** What the tokens of a text stand on: between white and one of the tints. */
  private static final List<String> TOKENS =
      List.of("--md-white", "--md-tint-a", "--md-tint-b", "--md-tint-neutral");

  @Test
  void colours_ofEveryThemeAndPalette_haveEnoughContrast() throws IOException {
    String css = css();
    List<String> weak = new ArrayList<>();
    for (List<String> layers :
        List.of(
            List.of(LIGHT),
            List.of(LIGHT, LIGHT_SAFE),
            List.of(LIGHT, DARK),
            List.of(LIGHT, LIGHT_SAFE, DARK, DARK_SAFE))) {
      Map<String, Integer> colours = new HashMap<>();
      layers.forEach(layer -> colours.putAll(colours(css, layer)));
      TOKENS.forEach(ground -> check(weak, layers, colours, "--md-ink", ground, 4.5));
      for (String ground : List.of("--md-card", "--md-page")) {
        TEXTS.forEach(text -> check(weak, layers, colours, text, ground, 4.5));
        GRAPHICS.forEach(graphic -> check(weak, layers, colours, graphic, ground, 3));
      }
    }
    assertThat(weak).isEmpty();
  }

  private static void check(
      List<String> weak,
      List<String> layers,
      Map<String, Integer> colours,
      String front,
      String ground,
      double least) {
    double contrast =
        contrast(
            Objects.requireNonNull(colours.get(front), front),
            Objects.requireNonNull(colours.get(ground), ground));
    if (contrast < least) {
      weak.add(
          String.format("%s on %s in %s: %.2f < %.1f", front, ground, layers, contrast, least));
    }
  }

  private static String css() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            ContrastTest.class.getResourceAsStream("/META-INF/resources/md/styles.css"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Map<String, Integer> colours(String css, String selector) {
    int from = css.indexOf(selector);
    assertThat(from).as(selector).isNotNegative();
    String block = css.substring(from, css.indexOf('}', from));
    Map<String, Integer> colours = new HashMap<>();
    Matcher matcher = Pattern.compile("(--[a-z-]+): #([0-9a-f]{6});").matcher(block);
    while (matcher.find()) {
      colours.put(matcher.group(1), Integer.parseInt(matcher.group(2), 16));
    }
    return colours;
  }

  private static double contrast(int one, int other) {
    double a = luminance(one);
    double b = luminance(other);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(int rgb) {
    return 0.2126 * linear(rgb >> 16 & 255)
        + 0.7152 * linear(rgb >> 8 & 255)
        + 0.0722 * linear(rgb & 255);
  }

  private static double linear(int channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }
}
