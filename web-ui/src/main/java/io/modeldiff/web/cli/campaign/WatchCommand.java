package io.modeldiff.web.cli.campaign;

import io.modeldiff.web.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code modeldiff campaign watch}. */
@Command(
    name = "watch",
    description =
        "Show a campaign's progress until it is over or paused. Without a running platform the"
            + " campaign goes on in this command.")
final class WatchCommand extends CampaignResult {
  @Parameters(paramLabel = "ID", description = "The campaign.")
  private String id = "";

  @Mixin private DeskOptions desk = new DeskOptions();

  WatchCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() throws InterruptedException {
    try (Desk open = desk.toWork(console())) {
      print(finish(open, open.control().standing(id), true));
    }
  }
}
