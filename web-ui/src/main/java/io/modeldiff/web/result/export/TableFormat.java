package io.modeldiff.web.result.export;

import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** A file format for tables. */
public enum TableFormat {
  /** RFC 4180, UTF-8, with a header line; missing values are empty. */
  CSV("text/csv"),
  /** One array of objects; missing values are null. */
  JSON("application/json"),
  /** Apache Parquet, one row group after the other; missing values are null. */
  PARQUET("application/vnd.apache.parquet");

  private final String mediaType;

  TableFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  /** Its media type. */
  public String mediaType() {
    return mediaType;
  }

  /** Its word, which is the file's ending too. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format of a word. */
  public static TableFormat parse(String word) {
    for (TableFormat format : values()) {
      if (format.word().equals(word)) {
        return format;
      }
    }
    throw UserException.badInput(
        "The format must be csv, json or parquet, but was '" + word + "'.");
  }

  /** Writes a table to a file. */
  public void write(Table table, Path file) throws IOException {
    switch (this) {
      case CSV -> TextTables.csv(table, file);
      case JSON -> TextTables.json(table, file);
      case PARQUET -> ParquetTable.write(table, file);
    }
  }
}
