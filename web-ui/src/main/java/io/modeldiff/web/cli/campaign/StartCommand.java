package io.modeldiff.web.cli.campaign;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.service.CampaignControl.Standing;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code modeldiff campaign start}. */
@Command(
    name = "start",
    description =
        "Start a campaign from a YAML file, options or both (options win), or find it: the same"
            + " specification is the same campaign. On a running platform the command returns at"
            + " once; otherwise it stays and shows the progress until the campaign is over.")
final class StartCommand extends CampaignResult {
  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "The specification as YAML, as 'campaign show --yaml' prints it.")
  private @Nullable Path file;

  @Option(names = "--wait", description = "Stay until the campaign is over.")
  private boolean wait;

  @Mixin private SpecOptions spec = new SpecOptions();
  @Mixin private WishOptions wish = new WishOptions();
  @Mixin private DeskOptions desk = new DeskOptions();

  StartCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() throws InterruptedException {
    SpecFields fields = file == null ? SpecFields.none() : SpecFields.file(file);
    CampaignSpec wanted = new SpecReader(fields.with(spec.given()), desk.models()).read();
    try (Desk open = desk.toWork(console())) {
      Standing begun = open.control().begin(wanted, null, wish.wish(), Desk.caller());
      console().note("Campaign " + begun.id() + " is under way.");
      print(finish(open, begun, wait));
    }
  }
}
