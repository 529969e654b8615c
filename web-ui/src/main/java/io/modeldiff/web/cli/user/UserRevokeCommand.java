package io.modeldiff.web.cli.user;

import io.modeldiff.web.cli.CliCommand;
import io.modeldiff.web.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code modeldiff user revoke}. */
@Command(name = "revoke", description = "Revoke an API token of a user.")
final class UserRevokeCommand extends CliCommand {
  @Parameters(paramLabel = "NAME", description = "The user's name.")
  private String name = "";

  @Option(
      names = "--label",
      paramLabel = "LABEL",
      required = true,
      description = "The token's label.")
  private String label = "";

  @Mixin private UserFile file = new UserFile();

  UserRevokeCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    file.open().revokeToken(name, label);
    console().note("The token " + label + " of " + name + " is revoked.");
  }
}
