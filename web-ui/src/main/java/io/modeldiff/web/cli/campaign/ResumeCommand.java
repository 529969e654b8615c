package io.modeldiff.web.cli.campaign;

import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.service.CampaignControl.Action;
import io.modeldiff.web.service.CampaignControl.Change;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code modeldiff campaign resume}. */
@Command(name = "resume", description = "Go on after a pause or a failure.")
final class ResumeCommand extends CampaignResult {
  @Parameters(paramLabel = "ID", description = "The campaign.")
  private String id = "";

  @Option(names = "--wait", description = "Stay until the campaign is over.")
  private boolean wait;

  @Mixin private WishOptions wish = new WishOptions();
  @Mixin private DeskOptions desk = new DeskOptions();

  ResumeCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() throws InterruptedException {
    Change change = new Change(Action.RESUME, null, null, wish.wish());
    try (Desk open = desk.toWork(console())) {
      print(finish(open, open.control().change(id, change, Desk.caller()), wait));
    }
  }
}
