package io.modeldiff.web.live;

import io.modeldiff.core.error.UserException;
import java.util.ArrayList;
import java.util.List;

/** Comma-separated values as RFC 4180 has them. */
public final class CsvRows {
  private CsvRows() {}

  /**
   * A row.
   *
   * @param line on which it begins, from 1
   */
  public record Row(int line, List<String> cells) {}

  static String quoted(String cell) {
    boolean needed =
        cell.indexOf(',') >= 0
            || cell.indexOf('"') >= 0
            || cell.indexOf('\n') >= 0
            || cell.indexOf('\r') >= 0;
    return needed ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
  }

  /** All rows; empty lines are left out. */
  public static List<Row> read(String content) {
    List<Row> rows = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean inside = false;
    int line = 1;
    int began = 1;
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      line += c == '\n' ? 1 : 0;
      if (inside) {
        if (c == '"' && i + 1 < content.length() && content.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else if (c == '"') {
          inside = false;
        } else {
          cell.append(c);
        }
      } else if (c == '"') {
        inside = true;
      } else if (c == ',') {
        cells.add(take(cell));
      } else if (c == '\n') {
        end(rows, cells, cell, began);
        cells = new ArrayList<>();
        began = line;
      } else if (c != '\r') {
        cell.append(c);
      }
    }
    if (inside) {
      throw UserException.badInput(
          "A quoted cell of the row that begins on line " + began + " of the CSV does not end.");
    }
    end(rows, cells, cell, began);
    return rows;
  }

  private static void end(List<Row> rows, List<String> cells, StringBuilder cell, int began) {
    cells.add(take(cell));
    if (cells.size() > 1 || !cells.get(0).isEmpty()) {
      rows.add(new Row(began, List.copyOf(cells)));
    }
  }

  private static String take(StringBuilder cell) {
    String text = cell.toString();
    cell.setLength(0);
    return text;
  }
}
