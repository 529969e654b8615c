package io.modeldiff.web.cli.campaign;

import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.service.CampaignControl.Action;
import io.modeldiff.web.service.CampaignControl.Change;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code modeldiff campaign pause}. */
@Command(name = "pause", description = "Begin no new round; the running one is finished.")
final class PauseCommand extends CampaignResult {
  @Parameters(paramLabel = "ID", description = "The campaign.")
  private String id = "";

  @Mixin private WishOptions wish = new WishOptions();
  @Mixin private DeskOptions desk = new DeskOptions();

  PauseCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    Change change = new Change(Action.PAUSE, null, null, wish.wish());
    try (Desk open = desk.toLook(console())) {
      print(open.control().change(id, change, Desk.caller()));
    }
  }
}
