package io.modeldiff.web.cli.corpus;

import io.modeldiff.web.cli.CommandGroup;
import io.modeldiff.web.cli.console.Console;
import picocli.CommandLine.Command;

/** {@code modeldiff corpus}. */
@Command(
    name = "corpus",
    description = "Texts to compare models on: import, analyze, rank where the models differ.",
    subcommands = {
      AddCommand.class,
      ListCommand.class,
      AnalyzeCommand.class,
      CompareCommand.class,
      TopCommand.class,
      ErrorsCommand.class,
      GenerateCommand.class,
      PreprocessCommand.class,
      ImportCacheCommand.class,
      ExportCacheCommand.class
    })
public final class CorpusCommand extends CommandGroup {
  CorpusCommand(Console console) {
    super(console);
  }
}
