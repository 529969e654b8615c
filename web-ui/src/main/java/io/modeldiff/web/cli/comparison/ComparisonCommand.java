package io.modeldiff.web.cli.comparison;

import io.modeldiff.web.cli.CommandGroup;
import io.modeldiff.web.cli.console.Console;
import picocli.CommandLine.Command;

/** {@code modeldiff comparison}. */
@Command(
    name = "comparison",
    description = "What comparisons found: results, inputs, exports and reports.",
    subcommands = {
      ListCommand.class,
      ShowCommand.class,
      InputsCommand.class,
      ExportCommand.class,
      ReportCommand.class,
      RebuildCommand.class,
      MatrixCommand.class,
      CorpusCommand.class
    })
public final class ComparisonCommand extends CommandGroup {
  ComparisonCommand(Console console) {
    super(console);
  }
}
