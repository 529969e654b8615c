package io.modeldiff.web.cli.campaign;

import io.modeldiff.web.cli.CommandGroup;
import io.modeldiff.web.cli.console.Console;
import picocli.CommandLine.Command;

/** {@code modeldiff campaign}. */
@Command(
    name = "campaign",
    description = "Campaigns: the sampling of one model over one input space.",
    subcommands = {
      StartCommand.class,
      ListCommand.class,
      ShowCommand.class,
      WatchCommand.class,
      PauseCommand.class,
      ResumeCommand.class,
      CancelCommand.class,
      ExtendCommand.class,
      CloneCommand.class
    })
public final class CampaignCommand extends CommandGroup {
  CampaignCommand(Console console) {
    super(console);
  }
}
