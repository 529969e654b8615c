package io.modeldiff.web.cli.user;

import io.modeldiff.web.access.Role;
import io.modeldiff.web.access.User;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code modeldiff user list}. */
@Command(name = "list", description = "The users, their roles and the labels of their API tokens.")
final class UserListCommand extends ResultCommand {
  @Mixin private UserFile file = new UserFile();

  UserListCommand(Console console) {
    super(console);
  }

  private record Row(String name, Role role, List<String> tokens) {}

  @Override
  protected void run() {
    List<Row> rows =
        file.open().list().stream()
            .map(
                u ->
                    new Row(
                        u.name(), u.role(), u.tokens().stream().map(User.Token::label).toList()))
            .toList();
    if (json()) {
      JsonDocument.print(console(), rows);
    } else if (rows.isEmpty()) {
      console().note("There is no user: the platform is open to this machine alone.");
    } else {
      for (Row row : rows) {
        console()
            .out()
            .println(
                String.format(
                        Locale.ROOT,
                        "%-24s %-10s %s",
                        row.name(),
                        row.role().word(),
                        row.tokens().stream().collect(Collectors.joining(", ")))
                    .stripTrailing());
      }
    }
  }
}
