package io.modeldiff.web.cli.campaign;

import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.service.CampaignControl.Action;
import io.modeldiff.web.service.CampaignControl.Change;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code modeldiff campaign cancel}. */
@Command(name = "cancel", description = "Give a campaign up; what was sampled stays readable.")
final class CancelCommand extends CampaignResult {
  @Parameters(paramLabel = "ID", description = "The campaign.")
  private String id = "";

  @Mixin private WishOptions wish = new WishOptions();
  @Mixin private DeskOptions desk = new DeskOptions();

  CancelCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    Change change = new Change(Action.CANCEL, null, null, wish.wish());
    try (Desk open = desk.toLook(console())) {
      print(open.control().change(id, change, Desk.caller()));
    }
  }
}
