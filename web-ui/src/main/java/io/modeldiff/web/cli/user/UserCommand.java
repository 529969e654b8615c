package io.modeldiff.web.cli.user;

import io.modeldiff.web.cli.CommandGroup;
import io.modeldiff.web.cli.console.Console;
import picocli.CommandLine.Command;

/** {@code modeldiff user}. */
@Command(
    name = "user",
    description =
        "Who may log in to the dashboard and the API. As long as there is no user, the platform is"
            + " open to this machine alone and asks for no login.",
    subcommands = {
      UserAddCommand.class,
      UserListCommand.class,
      UserRemoveCommand.class,
      UserTokenCommand.class,
      UserRevokeCommand.class
    })
public final class UserCommand extends CommandGroup {
  UserCommand(Console console) {
    super(console);
  }
}
