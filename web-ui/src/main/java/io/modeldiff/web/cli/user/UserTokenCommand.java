package io.modeldiff.web.cli.user;

import io.modeldiff.web.cli.CliCommand;
import io.modeldiff.web.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code modeldiff user token}. */
@Command(
    name = "token",
    description = "Make an API token of a user. It is printed once and kept only as a hash.")
final class UserTokenCommand extends CliCommand {
  @Parameters(paramLabel = "NAME", description = "The user's name.")
  private String name = "";

  @Option(
      names = "--label",
      paramLabel = "LABEL",
      required = true,
      description = "What the token is for; it is revoked by this label.")
  private String label = "";

  @Mixin private UserFile file = new UserFile();

  UserTokenCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    console().out().println(file.open().newToken(name, label));
    console().note("Send it as 'Authorization: Bearer ...'; it is not shown again.");
  }
}
