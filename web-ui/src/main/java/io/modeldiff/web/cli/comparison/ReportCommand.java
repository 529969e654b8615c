package io.modeldiff.web.cli.comparison;

import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code modeldiff comparison report}. */
@Command(
    name = "report",
    description =
        "Writes a comparison as one HTML file that needs no network: figures, charts, inputs,"
            + " specifications, seeds, versions, hashes and diagnostics.")
final class ReportCommand extends ResultCommand {
  @Parameters(paramLabel = "ID", description = "The comparison's id, or the beginning of it.")
  private String id = "";

  @Option(names = "--output", paramLabel = "FILE", description = "The file (default: ID.html).")
  private @Nullable Path output;

  @Mixin private ShelfOptions where = new ShelfOptions();

  ReportCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    try (Shelf shelf = where.open(console())) {
      String found = shelf.find(id);
      Path file = output == null ? Path.of(found + ".html") : output;
      shelf.export(found, "report", "json", file);
      if (json()) {
        JsonDocument.print(console(), Map.of("file", file.toString()));
      } else {
        console().out().println(file);
      }
    }
  }
}
