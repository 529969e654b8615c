package io.modeldiff.web.cli.lab;

import io.modeldiff.web.cli.CommandGroup;
import io.modeldiff.web.cli.console.Console;
import picocli.CommandLine.Command;

/** {@code modeldiff lab}. */
@Command(
    name = "lab",
    description = "Compare the platform's own methods.",
    subcommands = {LabSamplersCommand.class, LabSeedsCommand.class})
public final class LabCommand extends CommandGroup {
  LabCommand(Console console) {
    super(console);
  }
}
