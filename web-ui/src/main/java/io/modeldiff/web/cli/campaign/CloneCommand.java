package io.modeldiff.web.cli.campaign;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.service.CampaignControl.Standing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code modeldiff campaign clone}. */
@Command(
    name = "clone",
    description =
        "Start a campaign with another one's specification, changed by options; where it came from"
            + " is kept.")
final class CloneCommand extends CampaignResult {
  @Parameters(paramLabel = "ID", description = "The campaign to clone.")
  private String id = "";

  @Option(names = "--wait", description = "Stay until the campaign is over.")
  private boolean wait;

  @Mixin private SpecOptions spec = new SpecOptions();
  @Mixin private WishOptions wish = new WishOptions();
  @Mixin private DeskOptions desk = new DeskOptions();

  CloneCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() throws InterruptedException {
    try (Desk open = desk.toWork(console())) {
      CampaignSpec original = open.control().standing(id).spec();
      SpecFields fields = SpecFields.yaml(SpecWriter.yaml(original), "campaign " + id);
      CampaignSpec changed = new SpecReader(fields.with(spec.given()), desk.models()).read();
      if (CampaignSpecs.id(changed).equals(CampaignSpecs.id(original))) {
        throw UserException.badInput(
            "A clone needs at least one change, for example --seed 2; the same specification is"
                + " the same campaign.");
      }
      Standing begun = open.control().begin(changed, id, wish.wish(), Desk.caller());
      console().note("Campaign " + begun.id() + " is under way, a clone of " + id + ".");
      print(finish(open, begun, wait));
    }
  }
}
