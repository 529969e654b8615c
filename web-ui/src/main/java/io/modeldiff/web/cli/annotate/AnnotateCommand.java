package io.modeldiff.web.cli.annotate;

import io.modeldiff.web.cli.CommandGroup;
import io.modeldiff.web.cli.console.Console;
import picocli.CommandLine.Command;

/** {@code modeldiff annotate}. */
@Command(
    name = "annotate",
    description =
        "People score inputs on which two models differ; the scores become precision and recall.",
    subcommands = {
      CreateCommand.class,
      ListCommand.class,
      ShowCommand.class,
      TopUpCommand.class,
      GuidelinesCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      AgreementCommand.class,
      ResultsCommand.class
    })
public final class AnnotateCommand extends CommandGroup {
  AnnotateCommand(Console console) {
    super(console);
  }
}
