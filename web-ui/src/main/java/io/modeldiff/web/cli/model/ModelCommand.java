package io.modeldiff.web.cli.model;

import io.modeldiff.web.cli.CommandGroup;
import io.modeldiff.web.cli.console.Console;
import picocli.CommandLine.Command;

/** {@code modeldiff model}. */
@Command(
    name = "model",
    description = "Register, show, train and perturb models.",
    subcommands = {
      AddCommand.class,
      ListCommand.class,
      ShowCommand.class,
      TrainToyCommand.class,
      PerturbCommand.class,
      ConvertCommand.class
    })
public final class ModelCommand extends CommandGroup {
  ModelCommand(Console console) {
    super(console);
  }
}
