package io.modeldiff.web.cli.comparison;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.result.export.TableFormat;
import io.modeldiff.web.result.export.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code modeldiff comparison export}. */
@Command(
    name = "export",
    description =
        "Writes a comparison as files: result.json (the compare document), and the tables results,"
            + " histograms, sweeps and samples, with a dictionary of their columns.")
final class ExportCommand extends ResultCommand {
  @Parameters(paramLabel = "ID", description = "The comparison's id, or the beginning of it.")
  private String id = "";

  @Option(
      names = "--format",
      paramLabel = "csv|json|parquet",
      defaultValue = "csv",
      description = "Format of the tables (default: csv).")
  private String format = "csv";

  @Option(
      names = "--output-dir",
      paramLabel = "DIR",
      required = true,
      description = "Where to write; made when it is missing, files in it are replaced.")
  private Path directory = Path.of(".");

  @Mixin private ShelfOptions where = new ShelfOptions();

  ExportCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    TableFormat tables = TableFormat.parse(format);
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw UserException.badInput(
          "--output-dir " + directory + " cannot be made: " + e.getMessage() + ".", e);
    }
    List<String> written = new ArrayList<>();
    try (Shelf shelf = where.open(console())) {
      String found = shelf.find(id);
      write(shelf, found, "document", directory.resolve("result.json"), written);
      for (String table : Tables.names()) {
        write(shelf, found, table, directory.resolve(table + "." + tables.word()), written);
      }
    }
    if (json()) {
      JsonDocument.print(console(), Map.of("files", written));
    } else {
      written.forEach(console().out()::println);
    }
  }

  private void write(Shelf shelf, String comparison, String what, Path file, List<String> written) {
    shelf.export(comparison, what, TableFormat.parse(format).word(), file);
    written.add(file.toString());
  }
}
