package io.modeldiff.analysis.lmdiff.corpus;

import io.modeldiff.core.error.UserException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** File formats a corpus can be read from. */
public enum FileFormat {
  /** Plain text or LMdiff's dataset file (YAML front matter): one phrase a line. */
  TEXT("txt"),
  /** One JSON object a line. */
  JSONL("jsonl"),
  /** Comma-separated values with a header line and RFC 4180 quoting. */
  CSV("csv"),
  /** Tab-separated values with a header line, quotes taken literally. */
  TSV("tsv"),
  /** Apache Parquet, top-level columns. */
  PARQUET("parquet");

  private final String id;

  FileFormat(String id) {
    this.id = id;
  }

  /** Name in options. */
  public String id() {
    return id;
  }

  /** The format of that name. */
  public static FileFormat named(String id) {
    return Arrays.stream(values())
        .filter(f -> f.id.equals(id.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                UserException.badInput(
                    "There is no corpus format '"
                        + id
                        + "'; choose one of "
                        + Arrays.stream(values())
                            .map(FileFormat::id)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  /** By extension; anything unknown is text. */
  public static FileFormat of(Path file, Optional<FileFormat> wanted) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return wanted.orElseGet(
        () ->
            switch (extension) {
              case "jsonl", "ndjson" -> JSONL;
              case "csv" -> CSV;
              case "tsv" -> TSV;
              case "parquet" -> PARQUET;
              default -> TEXT;
            });
  }
}
