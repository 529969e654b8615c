package io.modeldiff.web.cli.annotate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Progress of a project in a line. */
final class ProgressText {
  private ProgressText() {}

  static String line(JsonNode p) {
    return String.format(
        Locale.ENGLISH,
        "%s  %s  comparison %s  %d of %d items complete  %d of %d answers by %d people",
        p.path("id").asText(),
        p.path("name").asText(),
        p.path("comparison").asText(),
        p.path("complete").asInt(),
        p.path("items").asInt(),
        p.path("answers").asInt(),
        p.path("wanted").asInt(),
        p.path("people").size());
  }

  /** {@code 61.2% (54.0 to 68.1)}. */
  static String share(JsonNode share) {
    return share.path("value").isNull()
        ? "not annotated"
        : String.format(
            Locale.ENGLISH,
            "%.1f%% (%.1f to %.1f)",
            100 * share.path("value").asDouble(),
            100 * share.path("low").asDouble(),
            100 * share.path("high").asDouble());
  }

  /** {@code 0.743 (0.61 to 0.86), 40 items}. */
  static String figure(JsonNode figure) {
    if (figure.path("value").isNull()) {
      return "not defined: " + figure.path("undefined").asText();
    }
    String value = String.format(Locale.ENGLISH, "%.7f", figure.path("value").asDouble());
    String interval =
        figure.path("low").isNull()
            ? ""
            : String.format(
                Locale.ENGLISH,
                " (%.3f to %.3f)",
                figure.path("low").asDouble(),
                figure.path("high").asDouble());
    return value + interval + ", " + figure.path("units").asInt() + " items";
  }
}
