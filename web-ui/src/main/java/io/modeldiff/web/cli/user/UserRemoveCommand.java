package io.modeldiff.web.cli.user;

import io.modeldiff.web.cli.CliCommand;
import io.modeldiff.web.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code modeldiff user remove}. */
@Command(
    name = "remove",
    description = "Remove a user and the user's API tokens. What the user did stays in histories.")
final class UserRemoveCommand extends CliCommand {
  @Parameters(paramLabel = "NAME", description = "The user's name.")
  private String name = "";

  @Mixin private UserFile file = new UserFile();

  UserRemoveCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    file.open().remove(name);
    console().note("User " + name + " is removed.");
  }
}
