package io.modeldiff.web.cli.projections;

import io.modeldiff.web.cli.CommandGroup;
import io.modeldiff.web.cli.console.Console;
import picocli.CommandLine.Command;

/** {@code modeldiff projections}. */
@Command(
    name = "projections",
    description = "Look after the read tables.",
    subcommands = {RebuildCommand.class})
public final class ProjectionsCommand extends CommandGroup {
  ProjectionsCommand(Console console) {
    super(console);
  }
}
