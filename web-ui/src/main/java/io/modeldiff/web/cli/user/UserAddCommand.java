package io.modeldiff.web.cli.user;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.access.Role;
import io.modeldiff.web.access.UserStore;
import io.modeldiff.web.cli.CliCommand;
import io.modeldiff.web.cli.console.Console;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code modeldiff user add}. */
@Command(
    name = "add",
    description =
        "Add a user, or change a user's role and password. A running platform that already asks for"
            + " a login knows it at once; one without users asks for logins from its next start.")
final class UserAddCommand extends CliCommand {
  @Parameters(paramLabel = "NAME", description = "The user's name.")
  private String name = "";

  @Option(
      names = "--role",
      paramLabel = "viewer|annotator|operator|admin",
      required = true,
      description =
          "What the user may do: look; also score inputs; also start and control campaigns; also"
              + " manage users. The first user must be an admin.")
  private String role = "";

  @Option(
      names = "--password-stdin",
      description = "Read the password from the first line of standard input.")
  private boolean passwordFromInput;

  @Mixin private UserFile file = new UserFile();

  UserAddCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    Role wanted = Role.of(role);
    UserStore users = file.open();
    users.put(name, wanted, passwordFromInput ? fromInput() : asked());
    console().note("User " + name + " is " + wanted.word() + ".");
  }

  private static String fromInput() {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try {
      String line = in.readLine();
      if (line == null) {
        throw UserException.badInput(
            "Standard input is empty, but --password-stdin reads the password from its first line.");
      }
      return line;
    } catch (IOException e) {
      throw UserException.failed("The password could not be read from standard input.", e);
    }
  }

  private static String asked() {
    java.io.Console terminal = System.console();
    if (terminal == null) {
      throw UserException.badInput(
          "There is no terminal to ask for the password; give it on standard input with"
              + " --password-stdin.");
    }
    char[] first = terminal.readPassword("Password: ");
    char[] second = terminal.readPassword("The same again: ");
    if (first == null || second == null || !String.valueOf(first).equals(String.valueOf(second))) {
      throw UserException.badInput("The two passwords differ; nothing was changed.");
    }
    return String.valueOf(first);
  }
}
