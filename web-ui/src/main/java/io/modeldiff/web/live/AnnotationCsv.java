package io.modeldiff.web.live;

import io.modeldiff.core.annotation.Adjudication;
import io.modeldiff.core.annotation.AnnotationItem;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.annotation.Answer;
import io.modeldiff.core.annotation.ItemFlag;
import io.modeldiff.core.annotation.ItemState;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.live.ImportedProject.Head;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Projects as rows of one table: a row for the project with its guidelines, and one per item,
 * answer, flag and review, so that a spreadsheet shows answers as rows and nothing is lost.
 */
final class AnnotationCsv {
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

  private AnnotationCsv() {}

  static String write(AnnotationProject p) {
    StringBuilder out = new StringBuilder();
    row(out, COLUMNS);
    row(out, columns(Map.of(KIND, "project", "document", FileJson.write(AnnotationFiles.head(p)))));
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
                  FileJson.write(item.tokens()),
                  "zA",
                  String.valueOf(item.zA()),
                  "zB",
                  String.valueOf(item.zB()),
                  "document",
                  FileJson.write(item.draws()))));
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

  static AnnotationProject read(String content) {
    List<CsvRows.Row> rows = CsvRows.read(content);
    if (rows.isEmpty() || !rows.get(0).cells().equals(COLUMNS)) {
      throw UserException.badInput(
          "The first line of the CSV must be " + String.join(",", COLUMNS) + ".");
    }
    ImportedProject project = new ImportedProject();
    for (CsvRows.Row row : rows.subList(1, rows.size())) {
      new Cells(row).into(project);
    }
    return project.project();
  }

  /** The cells of a row by name. */
  private record Cells(CsvRows.Row row) {
    Cells {
      if (row.cells().size() != COLUMNS.size()) {
        throw UserException.badInput(
            "Line "
                + row.line()
                + " of the file has "
                + row.cells().size()
                + " cells instead of "
                + COLUMNS.size()
                + ".");
      }
    }

    void into(ImportedProject project) {
      int line = row.line();
      switch (get(KIND)) {
        case "project" ->
            project.head(line, FileJson.cell(get("document"), Head.class, line, "document"));
        case "item" -> project.item(line, item());
        case "answer" -> project.answer(line, get("item"), answer());
        case "flag" ->
            project.flag(line, get("item"), new ItemFlag(get("by"), get("comment"), at()));
        case "review" ->
            project.review(
                line,
                get("item"),
                new Adjudication(get("by"), score(), get("comment"), get("requestId"), at()));
        default -> throw wrong(KIND, "project, item, answer, flag or review");
      }
    }

    private String get(String column) {
      return row.cells().get(COLUMNS.indexOf(column));
    }

    private UserException wrong(String column, String expected) {
      return UserException.badInput(
          "Line "
              + row.line()
              + " of the file: '"
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

    private int whole(String column) {
      try {
        return Integer.parseInt(get(column));
      } catch (NumberFormatException e) {
        throw wrong(column, "a whole number");
      }
    }

    private boolean truth(String column) {
      return switch (get(column)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw wrong(column, "true or false");
      };
    }

    private @Nullable Double score() {
      return get("score").isEmpty() ? null : (Double) number("score");
    }

    private Instant at() {
      try {
        return Instant.parse(get("at"));
      } catch (DateTimeParseException e) {
        throw wrong("at", "a time like 2026-11-22T08:00:00Z");
      }
    }

    private AnnotationItem item() {
      return new AnnotationItem(
          get("item"),
          List.of(FileJson.cell(get("tokens"), Integer[].class, row.line(), "tokens")),
          get("text"),
          number("zA"),
          number("zB"),
          List.of(
              FileJson.cell(get("document"), AnnotationItem.Draw[].class, row.line(), "document")));
    }

    private Answer answer() {
      return new Answer(
          get("by"),
          score(),
          get("comment"),
          whole("guidelines"),
          get("requestId"),
          at(),
          truth("late"),
          truth("counted"),
          truth("revised"));
    }
  }
}
