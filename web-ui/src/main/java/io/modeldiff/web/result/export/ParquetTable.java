package io.modeldiff.web.result.export;

import blue.strategic.parquet.ParquetWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** A table as a Parquet file; every column may hold nulls. */
final class ParquetTable {
  private ParquetTable() {}

  static void write(Table table, Path file) throws IOException {
    List<Column> columns = table.columns();
    MessageType schema =
        new MessageType(table.name(), columns.stream().map(ParquetTable::type).toList());
    try (ParquetWriter<@Nullable Object[]> out =
        ParquetWriter.writeFile(
            schema,
            file.toFile(),
            (row, values) -> {
              for (int i = 0; i < row.length; i++) {
                Object value = row[i];
                if (value != null) {
                  values.write(columns.get(i).name(), value);
                }
              }
            })) {
      table
          .rows()
          .each(
              row -> {
                try {
                  out.write(row);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Type type(Column column) {
    return switch (column.type()) {
      case TEXT ->
          Types.optional(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(column.name());
      case WHOLE -> Types.optional(PrimitiveTypeName.INT64).named(column.name());
      case REAL -> Types.optional(PrimitiveTypeName.DOUBLE).named(column.name());
      case TRUTH -> Types.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
    };
  }
}
