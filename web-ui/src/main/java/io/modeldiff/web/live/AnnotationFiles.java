package io.modeldiff.web.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.modeldiff.core.annotation.Adjudication;
import io.modeldiff.core.annotation.AnnotationDesign;
import io.modeldiff.core.annotation.AnnotationItem;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.annotation.Answer;
import io.modeldiff.core.annotation.Guidelines;
import io.modeldiff.core.annotation.ItemFlag;
import io.modeldiff.core.annotation.ItemState;
import io.modeldiff.core.error.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Projects as files. JSON lines: the project, then one line per item with all its answers. CSV: the
 * same as rows of one table, a row per project, guidelines version, item, answer, flag and review,
 * so that a spreadsheet shows answers as rows and nothing is lost.
 */
final class AnnotationFiles {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .serializationInclusion(JsonInclude.Include.ALWAYS)
          .build();
  private static final String KIND = "kind";
  private static final List<String> COLUMNS =
      List.of(
          KIND,
          "item",
          "by",
          "score",
          "comment",
          "guidelines",
          "at",
          "late",
          "counted",
          "revised",
          "requestId",
          "text",
          "tokens",
          "zA",
          "zB",
          "document");

  private AnnotationFiles() {}

  /** The first line of a file. */
  record Head(
      String kind,
      String project,
      AnnotationDesign design,
      List<Guidelines> guidelines,
      int draws) {}

  /** A line about an item. */
  record Line(
      String kind,
      AnnotationItem item,
      List<Answer> answers,
      List<ItemFlag> flags,
      @Nullable Adjudication adjudication) {}

  static String jsonl(AnnotationProject p) {
    StringBuilder out = new StringBuilder(write(head(p))).append('\n');
    for (ItemState i : p.items()) {
      out.append(write(new Line("item", i.item(), i.answers(), i.flags(), i.adjudication())))
          .append('\n');
    }
    return out.toString();
  }

  private static Head head(AnnotationProject p) {
    return new Head("project", p.project(), p.defined(), p.guidelines(), p.draws());
  }

  static AnnotationProject fromJsonl(String content) {
    Head head = null;
    List<ItemState> items = new ArrayList<>();
    int number = 0;
    for (String line : content.split("\n", -1)) {
      number++;
      if (!line.isBlank()) {
        JsonNode node = read(line, JsonNode.class, number);
        if (head == null) {
          head = convert(node, Head.class, number, "project");
        } else {
          items.add(state(convert(node, Line.class, number, "item")));
        }
      }
    }
    return project(head, items);
  }

  private static AnnotationProject project(@Nullable Head head, List<ItemState> items) {
    if (head == null || head.guidelines().isEmpty()) {
      throw UserException.badInput(
          "The file has no project: its first line must be the one that an export begins with.");
    }
    return new AnnotationProject(
        head.project(),
        head.design(),
        head.guidelines().get(0).cause(),
        head.guidelines(),
        items,
        head.draws(),
        List.of());
  }

  private static ItemState state(Line line) {
    return new ItemState(
        line.item(),
        line.answers(),
        List.of(),
        List.of(),
        List.of(),
        line.flags(),
        line.adjudication(),
        List.of());
  }

  static String csv(AnnotationProject p) {
    StringBuilder out = new StringBuilder();
    row(out, COLUMNS);
    row(out, columns(Map.of(KIND, "project", "document", write(head(p)))));
    for (ItemState i : p.items()) {
      AnnotationItem item = i.item();
      row(
          out,
          columns(
              Map.of(
                  KIND,
                  "item",
                  "item",
                  item.id(),
                  "text",
                  item.text(),
                  "tokens",
                  write(item.tokens()),
                  "zA",
                  String.valueOf(item.zA()),
                  "zB",
                  String.valueOf(item.zB()),
                  "document",
                  write(item.draws()))));
      i.answers().forEach(a -> row(out, columns(answer(item.id(), a))));
      i.flags().forEach(f -> row(out, columns(flag(item.id(), f))));
      Adjudication word = i.adjudication();
      if (word != null) {
        row(out, columns(review(item.id(), word)));
      }
    }
    return out.toString();
  }

  private static Map<String, String> answer(String item, Answer a) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put(KIND, "answer");
    row.put("item", item);
    row.put("by", a.by());
    row.put("score", score(a.score()));
    row.put("comment", a.comment());
    row.put("guidelines", String.valueOf(a.guidelines()));
    row.put("at", a.at().toString());
    row.put("late", String.valueOf(a.late()));
    row.put("counted", String.valueOf(a.counted()));
    row.put("revised", String.valueOf(a.revised()));
    row.put("requestId", a.requestId());
    return row;
  }

  private static Map<String, String> flag(String item, ItemFlag f) {
    return Map.of(
        KIND, "flag", "item", item, "by", f.by(), "comment", f.comment(), "at", f.at().toString());
  }

  private static Map<String, String> review(String item, Adjudication a) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put(KIND, "review");
    row.put("item", item);
    row.put("by", a.by());
    row.put("score", score(a.score()));
    row.put("comment", a.comment());
    row.put("at", a.at().toString());
    row.put("requestId", a.requestId());
    return row;
  }

  /** An empty score is "cannot judge". */
  private static String score(@Nullable Double score) {
    return score == null ? "" : score.toString();
  }

  private static List<String> columns(Map<String, String> values) {
    return COLUMNS.stream().map(c -> values.getOrDefault(c, "")).toList();
  }

  private static void row(StringBuilder out, List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      out.append(i == 0 ? "" : ",").append(CsvRows.quoted(cells.get(i)));
    }
    out.append("\r\n");
  }

  static AnnotationProject fromCsv(String content) {
    List<CsvRows.Row> rows = CsvRows.read(content);
    if (rows.isEmpty() || !rows.get(0).cells().equals(COLUMNS)) {
      throw UserException.badInput(
          "The first line of the CSV must be " + String.join(",", COLUMNS) + ".");
    }
    Head head = null;
    Map<String, Line> items = new LinkedHashMap<>();
    for (CsvRows.Row row : rows.subList(1, rows.size())) {
      Cells cells = new Cells(row);
      String kind = cells.get(KIND);
      if (kind.equals("project")) {
        head = read(cells.get("document"), Head.class, row.line());
      } else if (kind.equals("item")) {
        items.put(cells.get("item"), new Line(kind, cells.item(), List.of(), List.of(), null));
      } else {
        Line known = items.get(cells.get("item"));
        if (known == null) {
          throw cells.wrong("item", "an item of a row above");
        }
        items.put(cells.get("item"), cells.with(known));
      }
    }
    return project(head, items.values().stream().map(AnnotationFiles::state).toList());
  }

  /** The cells of a row by name. */
  private record Cells(CsvRows.Row row) {
    String get(String column) {
      if (row.cells().size() != COLUMNS.size()) {
        throw UserException.badInput(
            "Line "
                + row.line()
                + " of the CSV has "
                + row.cells().size()
                + " cells instead of "
                + COLUMNS.size()
                + ".");
      }
      return row.cells().get(COLUMNS.indexOf(column));
    }

    UserException wrong(String column, String expected) {
      return UserException.badInput(
          "Line "
              + row.line()
              + " of the CSV: '"
              + column
              + "' must be "
              + expected
              + ", but was '"
              + get(column)
              + "'.");
    }

    private double number(String column) {
      try {
        return Double.parseDouble(get(column));
      } catch (NumberFormatException e) {
        throw wrong(column, "a number");
      }
    }

    private @Nullable Double score() {
      return get("score").isEmpty() ? null : (Double) number("score");
    }

    private java.time.Instant at() {
      try {
        return java.time.Instant.parse(get("at"));
      } catch (java.time.format.DateTimeParseException e) {
        throw wrong("at", "a time like 2026-11-22T08:00:00Z");
      }
    }

    AnnotationItem item() {
      return new AnnotationItem(
          get("item"),
          List.of(read(get("tokens"), Integer[].class, row.line())),
          get("text"),
          number("zA"),
          number("zB"),
          List.of(read(get("document"), AnnotationItem.Draw[].class, row.line())));
    }

    Line with(Line known) {
      return switch (get(KIND)) {
        case "answer" ->
            new Line(
                known.kind(),
                known.item(),
                plus(
                    known.answers(),
                    new Answer(
                        get("by"),
                        score(),
                        get("comment"),
                        (int) number("guidelines"),
                        get("requestId"),
                        at(),
                        get("late").equals("true"),
                        get("counted").equals("true"),
                        get("revised").equals("true"))),
                known.flags(),
                known.adjudication());
        case "flag" ->
            new Line(
                known.kind(),
                known.item(),
                known.answers(),
                plus(known.flags(), new ItemFlag(get("by"), get("comment"), at())),
                known.adjudication());
        case "review" ->
            new Line(
                known.kind(),
                known.item(),
                known.answers(),
                known.flags(),
                new Adjudication(get("by"), score(), get("comment"), get("requestId"), at()));
        default -> throw wrong(KIND, "project, item, answer, flag or review");
      };
    }
  }

  private static <T> List<T> plus(List<T> list, T one) {
    List<T> longer = new ArrayList<>(list);
    longer.add(one);
    return longer;
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("projects are JSON values", e);
    }
  }

  private static <T> T convert(JsonNode node, Class<T> type, int line, String kind) {
    if (!(node instanceof ObjectNode) || !node.path(KIND).asText().equals(kind)) {
      throw UserException.badInput(
          "Line " + line + " of the file must be an object whose 'kind' is '" + kind + "'.");
    }
    return read(node.toString(), type, line);
  }

  private static <T> T read(String json, Class<T> type, int line) {
    try {
      return Objects.requireNonNull(JSON.readValue(json, type));
    } catch (JsonProcessingException | NullPointerException e) {
      throw UserException.badInput(
          "Line " + line + " of the file is not as an export writes it: " + e.getMessage(), e);
    }
  }
}
