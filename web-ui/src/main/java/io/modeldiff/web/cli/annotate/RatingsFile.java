package io.modeldiff.web.cli.annotate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.live.CsvRows;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who scored what, from a file: an exported project, or a table with the columns item, by and
 * score. A score may be any number; an empty one is "cannot judge". Answers that do not count are
 * left out.
 */
final class RatingsFile {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ITEM = "item";
  private static final String BY = "by";
  private static final String SCORE = "score";

  private final Map<String, Map<String, Double>> items = new LinkedHashMap<>();

  private RatingsFile() {}

  /** For each item the scores by person. */
  static List<Map<String, Double>> read(Path file) {
    RatingsFile ratings = new RatingsFile();
    String content = TextFile.read(file);
    if (content.stripLeading().startsWith("{")) {
      ratings.lines(content);
    } else {
      ratings.table(content);
    }
    return List.copyOf(ratings.items.values());
  }

  private void table(String content) {
    List<CsvRows.Row> rows = CsvRows.read(content);
    List<String> columns = rows.isEmpty() ? List.of() : rows.get(0).cells();
    for (String column : List.of(ITEM, BY, SCORE)) {
      if (!columns.contains(column)) {
        throw UserException.badInput(
            "The first line of a table of scores must name the columns item, by and score, but"
                + " '"
                + column
                + "' is missing.");
      }
    }
    for (CsvRows.Row row : rows.subList(1, rows.size())) {
      if (row.cells().size() != columns.size()) {
        throw wrong(row.line(), "has " + row.cells().size() + " cells, not " + columns.size());
      }
      Map<String, String> cells = new TreeMap<>();
      for (int i = 0; i < columns.size(); i++) {
        cells.put(columns.get(i), row.cells().get(i));
      }
      if (cells.getOrDefault("kind", "answer").equals("answer")
          && !cells.getOrDefault("counted", "").equals("false")) {
        put(
            row.line(),
            cells.getOrDefault(ITEM, ""),
            cells.getOrDefault(BY, ""),
            score(row.line(), cells.getOrDefault(SCORE, "")));
      }
    }
  }

  private void lines(String content) {
    int number = 0;
    for (String line : content.split("\n", -1)) {
      number++;
      JsonNode node = line.isBlank() ? JSON.nullNode() : json(number, line);
      if (node.has("answers")) {
        for (JsonNode answer : node.path("answers")) {
          if (answer.path("counted").asBoolean(true)) {
            put(number, node.path(ITEM).path("id").asText(), answer);
          }
        }
      } else if (node.has(ITEM)) {
        put(number, node.path(ITEM).asText(), node);
      }
    }
  }

  private static JsonNode json(int line, String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw wrong(line, "is not JSON");
    }
  }

  private void put(int line, String item, JsonNode answer) {
    JsonNode score = answer.path(SCORE);
    if (!score.isNumber() && !score.isNull()) {
      throw wrong(line, "must have a number or null as 'score'");
    }
    put(line, item, answer.path(BY).asText(), score.isNull() ? null : (Double) score.asDouble());
  }

  private static @Nullable Double score(int line, String text) {
    try {
      return text.isBlank() ? null : Double.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw wrong(line, "must have a number as 'score', but has '" + text + "'");
    }
  }

  private void put(int line, String item, String by, @Nullable Double score) {
    if (item.isEmpty() || by.isEmpty()) {
      throw wrong(line, "must name an 'item' and who it was scored 'by'");
    }
    if (score != null && !Double.isFinite(score)) {
      throw wrong(line, "must have a finite number as 'score'");
    }
    Map<String, Double> scores = items.computeIfAbsent(item, i -> new TreeMap<>());
    if (score != null && scores.put(by, score) != null) {
      throw wrong(line, "scores item '" + item + "' by '" + by + "' a second time");
    }
  }

  private static UserException wrong(int line, String what) {
    return UserException.badInput("Line " + line + " of the file " + what + ".");
  }
}
