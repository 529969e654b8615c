package io.modeldiff.web.cli.campaign;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.service.CampaignControl.Action;
import io.modeldiff.web.service.CampaignControl.Change;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code modeldiff campaign extend}. */
@Command(
    name = "extend",
    description =
        "Allow more evaluations or ask for a tighter target; a completed campaign goes on.")
final class ExtendCommand extends CampaignResult {
  @Parameters(paramLabel = "ID", description = "The campaign.")
  private String id = "";

  @Option(
      names = "--evaluations",
      paramLabel = "MAX",
      description = "The new total budget, in full-sequence-equivalent forward passes.")
  private @Nullable Long evaluations;

  @Option(
      names = "--target-error",
      paramLabel = "R",
      description = "The new target: relative standard error of every PD/PA term.")
  private @Nullable Double targetError;

  @Option(names = "--wait", description = "Stay until the campaign is over.")
  private boolean wait;

  @Mixin private WishOptions wish = new WishOptions();
  @Mixin private DeskOptions desk = new DeskOptions();

  ExtendCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() throws InterruptedException {
    if (evaluations == null && targetError == null) {
      throw UserException.badInput(
          "Extend by what? Give --evaluations MAX, the new total, or --target-error R.");
    }
    if (targetError != null && !(targetError > 0 && targetError < 1)) {
      throw UserException.badInput(
          "--target-error must be between 0 and 1, but was " + targetError + ".");
    }
    Change change = new Change(Action.EXTEND, evaluations, targetError, wish.wish());
    try (Desk open = desk.toWork(console())) {
      print(finish(open, open.control().change(id, change, Desk.caller()), wait));
    }
  }
}
