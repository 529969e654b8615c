package io.modeldiff.web.cli.comparison;

import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.ComparisonTable;
import io.modeldiff.web.result.condition.Condition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code modeldiff comparison show}. */
@Command(name = "show", description = "A comparison's result so far, as a table or as JSON.")
final class ShowCommand extends ResultCommand {
  @Parameters(paramLabel = "ID", description = "Its id, or the beginning of it.")
  private String id = "";

  @Option(
      names = "--lambda",
      paramLabel = "L",
      description = "Threshold, nats per token (default: the comparison's own).")
  private @Nullable Double lambda;

  @Option(
      names = "--fail-if",
      paramLabel = "CONDITION",
      description = "Exit with 3 when this holds, for example \"pdAB/countA>0.2\".")
  private @Nullable String failIf;

  @Mixin private ShelfOptions where = new ShelfOptions();

  ShowCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    Condition condition = failIf == null ? null : Condition.parse(failIf);
    try (Shelf shelf = where.open(console())) {
      ComparisonDocument d = shelf.result(shelf.find(id), lambda);
      if (json()) {
        JsonDocument.print(console(), d);
      } else {
        console().out().println(d.headline());
        console().out().print(ComparisonTable.of(d.models().A(), d.models().B(), d, null));
        console().out().flush();
      }
      if (condition != null) {
        condition.refuse(d);
      }
    }
  }
}
