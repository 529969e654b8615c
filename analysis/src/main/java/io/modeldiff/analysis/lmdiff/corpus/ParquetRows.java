package io.modeldiff.analysis.lmdiff.corpus;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.HydratorSupplier;
import blue.strategic.parquet.ParquetReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldiff.core.error.UserException;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Rows of a Parquet file, top-level columns only. */
final class ParquetRows {
  private static final HydratorSupplier<ObjectNode, ObjectNode> ROWS =
      HydratorSupplier.constantly(new JsonHydrator());

  private ParquetRows() {}

  static CorpusInfo read(ImportSink sink) throws IOException {
    List<Template> templates = Template.of(sink.options());
    Set<String> used = new TreeSet<>(sink.options().columns());
    templates.forEach(t -> used.addAll(t.paths()));
    File file = sink.file().toFile();
    try {
      checkColumns(sink, used, ParquetReader.readMetadata(file));
      try (Stream<ObjectNode> rows = ParquetReader.streamContent(file, ROWS, used)) {
        Iterator<ObjectNode> each = rows.iterator();
        int row = 0;
        boolean wanted = true;
        while (wanted && each.hasNext()) {
          wanted = JsonLines.add(sink, templates, ++row, each.next());
        }
      }
    } catch (UserException e) {
      throw e;
    } catch (RuntimeException e) {
      // The reader throws unchecked exceptions of many kinds for damaged files.
      throw UserException.badInput(
          sink.file() + " is not a readable Parquet file: " + e.getMessage() + ".", e);
    }
    return CorpusReader.finishRecords(sink);
  }

  private static void checkColumns(ImportSink sink, Set<String> used, ParquetMetadata metadata) {
    List<String> columns = new ArrayList<>();
    for (Type field : metadata.getFileMetaData().getSchema().getFields()) {
      if (field.isPrimitive()) {
        columns.add(field.getName());
      }
    }
    for (String name : used) {
      if (!columns.contains(name)) {
        throw UserException.badInput(
            sink.file()
                + " has no plain column '"
                + name
                + "'; its plain columns are "
                + String.join(", ", columns)
                + ".");
      }
    }
  }

  private static final class JsonHydrator implements Hydrator<ObjectNode, ObjectNode> {
    @Override
    public ObjectNode start() {
      return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public ObjectNode add(ObjectNode row, String column, @Nullable Object value) {
      if (value != null) {
        row.put(column, value.toString());
      }
      return row;
    }

    @Override
    public ObjectNode finish(ObjectNode row) {
      return row;
    }
  }
}
