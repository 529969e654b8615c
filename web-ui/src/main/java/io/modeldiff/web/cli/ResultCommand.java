package io.modeldiff.web.cli;

import io.modeldiff.web.cli.console.Console;
import picocli.CommandLine.Option;

/** A command that prints a result: for people, or with {@code --json} as one JSON document. */
public abstract class ResultCommand extends CliCommand {
  @Option(
      names = "--json",
      order = Integer.MAX_VALUE - 1,
      description = "Print one JSON document on stdout and nothing else there.")
  private boolean json;

  protected ResultCommand(Console console) {
    super(console);
  }

  /** Whether the result is wanted as JSON. */
  protected final boolean json() {
    return json;
  }
}
