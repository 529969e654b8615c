package io.modeldiff.analysis.lmdiff.corpus;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldiff.analysis.lmdiff.corpus.Lines.Line;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Separated values with a header line; quoting as in RFC 4180, or none. */
final class SeparatedValues {
  private final Lines lines;
  private final char separator;
  private final boolean quoted;

  /** A row with the line on which it starts, or what is wrong with it. */
  private record Row(int line, List<String> cells, Optional<String> fault) {}

  private SeparatedValues(Lines lines, char separator, boolean quoted) {
    this.lines = lines;
    this.separator = separator;
    this.quoted = quoted;
  }

  static CorpusInfo read(ImportSink sink, char separator, boolean quoted) throws IOException {
    List<Template> templates = Template.of(sink.options());
    try (Lines lines = new Lines(sink.file(), Integer.MAX_VALUE - 16)) {
      SeparatedValues reader = new SeparatedValues(lines, separator, quoted);
      List<String> header = reader.header(sink, templates);
      boolean wanted = true;
      for (Optional<Row> row = reader.row(); wanted && row.isPresent(); row = reader.row()) {
        wanted = reader.add(sink, templates, header, row.get());
      }
    }
    return CorpusReader.finishRecords(sink);
  }

  private List<String> header(ImportSink sink, List<Template> templates) throws IOException {
    Row row =
        row()
            .orElseThrow(
                () ->
                    UserException.badInput(sink.file() + " is empty; a header line is expected."));
    row.fault()
        .ifPresent(
            fault -> {
              throw UserException.badInput(sink.file() + " line 1 " + fault + ".");
            });
    List<String> used = new ArrayList<>(sink.options().columns());
    templates.forEach(t -> used.addAll(t.paths()));
    for (String name : used) {
      if (!row.cells().contains(name)) {
        throw UserException.badInput(
            sink.file()
                + " has no column '"
                + name
                + "'; its columns are "
                + String.join(", ", row.cells())
                + ".");
      }
    }
    return row.cells();
  }

  private boolean add(ImportSink sink, List<Template> templates, List<String> header, Row row) {
    if (row.fault().isPresent()) {
      sink.problem(row.line(), row.fault().get());
      return true;
    }
    if (row.cells().size() == 1 && row.cells().get(0).isBlank()) {
      return true;
    }
    if (row.cells().size() != header.size()) {
      sink.problem(
          row.line(), "has " + row.cells().size() + " cells where the header has " + header.size());
      return true;
    }
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < header.size(); i++) {
      record.put(header.get(i), row.cells().get(i));
    }
    return JsonLines.add(sink, templates, row.line(), record);
  }

  private Optional<Row> row() throws IOException {
    Optional<Line> next = lines.next();
    if (next.isEmpty()) {
      return Optional.empty();
    }
    Line line = next.get();
    int start = line.number();
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean inside = false;
    int i = 0;
    while (true) {
      if (line.fault().isPresent()) {
        return Optional.of(new Row(line.number(), cells, line.fault()));
      }
      String text = line.text();
      if (i >= text.length()) {
        if (!inside) {
          cells.add(cell.toString());
          return Optional.of(new Row(start, cells, Optional.empty()));
        }
        Optional<Line> more = lines.next();
        if (more.isEmpty()) {
          return Optional.of(
              new Row(start, cells, Optional.of("opens a quote that is never closed")));
        }
        line = more.get();
        cell.append('\n');
        i = 0;
        continue;
      }
      char c = text.charAt(i++);
      if (inside && c == '"' && i < text.length() && text.charAt(i) == '"') {
        cell.append('"');
        i++;
      } else if (quoted && c == '"' && (inside || cell.length() == 0)) {
        inside = !inside;
      } else if (!inside && c == separator) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
  }
}
