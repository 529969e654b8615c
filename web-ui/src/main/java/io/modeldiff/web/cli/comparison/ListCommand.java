package io.modeldiff.web.cli.comparison;

import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.service.ComparisonService.Summary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code modeldiff comparison list}. */
@Command(name = "list", description = "All comparisons, newest first, with what they found.")
final class ListCommand extends ResultCommand {
  @Mixin private ShelfOptions where = new ShelfOptions();

  ListCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    try (Shelf shelf = where.open(console())) {
      List<Summary> all = shelf.list();
      if (json()) {
        JsonDocument.print(console(), Map.of("comparisons", all));
        return;
      }
      if (all.isEmpty()) {
        console().note("There is no comparison yet; 'modeldiff compare' makes one.");
      }
      for (Summary s : all) {
        String headline = s.headline();
        console()
            .out()
            .printf(
                Locale.ROOT,
                "%s  %-9s %s against %s, N=%d, Z=%s%n    %s%n",
                s.id(),
                s.phase().name().toLowerCase(Locale.ROOT),
                s.a(),
                s.b(),
                s.space().length(),
                s.space().z(),
                headline == null ? s.doing() : headline);
      }
      console().out().flush();
    }
  }
}
