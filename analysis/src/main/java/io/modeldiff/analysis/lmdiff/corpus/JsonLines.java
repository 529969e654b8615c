package io.modeldiff.analysis.lmdiff.corpus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.analysis.lmdiff.corpus.Lines.Line;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One JSON object a line. */
final class JsonLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonLines() {}

  static CorpusInfo read(ImportSink sink) throws IOException {
    List<Template> templates = Template.of(sink.options());
    try (Lines lines = new Lines(sink.file(), Integer.MAX_VALUE - 16)) {
      boolean wanted = true;
      for (Optional<Line> line = lines.next(); wanted && line.isPresent(); line = lines.next()) {
        if (line.get().fault().isPresent()) {
          sink.problem(line.get().number(), line.get().fault().get());
        } else if (!line.get().text().isBlank()) {
          wanted = record(sink, templates, line.get());
        }
      }
    }
    return CorpusReader.finishRecords(sink);
  }

  private static boolean record(ImportSink sink, List<Template> templates, Line line) {
    JsonNode record;
    try {
      record = JSON.readTree(line.text());
    } catch (JsonProcessingException e) {
      sink.problem(line.number(), "is not JSON (" + e.getOriginalMessage() + ")");
      return true;
    }
    if (!record.isObject()) {
      sink.problem(line.number(), "is not a JSON object");
      return true;
    }
    return add(sink, templates, line.number(), record);
  }

  /** Adds the phrases of a record; shared with every reader that has records. */
  static boolean add(ImportSink sink, List<Template> templates, int line, JsonNode record) {
    List<String> columns =
        sink.options().columns().stream().map(c -> Template.find(record, c).asText("")).toList();
    boolean wanted = true;
    for (Template template : templates) {
      Optional<String> text = template.fill(record);
      if (text.isEmpty()) {
        sink.problem(line, "lacks a field of the template '" + template + "'");
      } else if (text.get().isBlank()) {
        sink.problem(line, "gives an empty phrase");
      } else {
        wanted = wanted && sink.add(line, text.get(), columns);
      }
    }
    return wanted;
  }
}
