package io.modeldiff.web.cli.comparison;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.service.ComparisonService.Rebuilt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code modeldiff comparison rebuild}. */
@Command(
    name = "rebuild",
    description =
        "Computes a comparison's result anew from the journal, and says whether it is the one that"
            + " was served, to the last digit.")
final class RebuildCommand extends ResultCommand {
  @Parameters(paramLabel = "ID", description = "The comparison's id, or the beginning of it.")
  private String id = "";

  @Mixin private ShelfOptions where = new ShelfOptions();

  RebuildCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    try (Shelf shelf = where.open(console())) {
      Rebuilt rebuilt = shelf.rebuild(shelf.find(id));
      if (json()) {
        JsonDocument.print(console(), rebuilt);
      } else {
        console()
            .out()
            .println(
                (rebuilt.identical() ? "identical" : "different")
                    + ", SHA-256 of the result document "
                    + rebuilt.sha256());
      }
      if (!rebuilt.identical()) {
        throw UserException.failed(
            "The result computed anew is not the one that was served; if the comparison has ended,"
                + " please report this.");
      }
    }
  }
}
