package io.modeldiff.web.cli;

import io.modeldiff.web.cli.console.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What every command has: a console, {@code --help}, and work that ends in an exit code. */
@Command(
    sortOptions = false,
    synopsisHeading = "Usage: ",
    optionListHeading = "%nOptions:%n",
    descriptionHeading = "%n",
    usageHelpAutoWidth = true)
public abstract class CliCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      order = Integer.MAX_VALUE,
      description = "Show this help.")
  private boolean help;

  protected CliCommand(Console console) {
    this.console = console;
  }

  /** Where this command writes. */
  protected final Console console() {
    return console;
  }

  /** Does the work. User mistakes are thrown as {@code UserException}. */
  protected abstract void run() throws Exception;

  @Override
  public final Integer call() throws Exception {
    run();
    return 0;
  }
}
