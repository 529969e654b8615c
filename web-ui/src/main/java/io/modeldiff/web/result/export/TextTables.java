package io.modeldiff.web.result.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tables as text. */
final class TextTables {
  private TextTables() {}

  static void csv(Table table, Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write(
          table.columns().stream().map(Column::name).collect(Collectors.joining(",")) + "\r\n");
      table
          .rows()
          .each(
              row -> {
                StringBuilder line = new StringBuilder();
                for (int i = 0; i < row.length; i++) {
                  line.append(i == 0 ? "" : ",").append(field(row[i]));
                }
                try {
                  out.append(line).append("\r\n");
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String field(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    boolean plain = !(value instanceof String) || text.matches("[^\",\r\n]*");
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  static void json(Table table, Path file) throws IOException {
    List<Column> columns = table.columns();
    try (JsonGenerator out =
        new JsonFactory()
            .createGenerator(file.toFile(), com.fasterxml.jackson.core.JsonEncoding.UTF8)) {
      out.writeStartArray();
      table
          .rows()
          .each(
              row -> {
                try {
                  out.writeStartObject();
                  for (int i = 0; i < row.length; i++) {
                    out.writeFieldName(columns.get(i).name());
                    value(out, row[i]);
                  }
                  out.writeEndObject();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      out.writeEndArray();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void value(JsonGenerator out, @Nullable Object value) throws IOException {
    if (value instanceof Double number && Double.isFinite(number)) {
      out.writeNumber(number);
    } else if (value instanceof Long whole) {
      out.writeNumber(whole);
    } else if (value instanceof Boolean truth) {
      out.writeBoolean(truth);
    } else if (value instanceof String text) {
      out.writeString(text);
    } else {
      out.writeNull();
    }
  }
}
