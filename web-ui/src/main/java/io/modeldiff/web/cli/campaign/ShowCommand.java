package io.modeldiff.web.cli.campaign;

import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.service.CampaignControl.Standing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code modeldiff campaign show}. */
@Command(
    name = "show",
    description =
        "One campaign: where it stands, who did what and why, what it takes on disk. With --yaml:"
            + " its specification as a file that starts it.")
final class ShowCommand extends CampaignResult {
  @Parameters(paramLabel = "ID", description = "The campaign.")
  private String id = "";

  @Option(names = "--yaml", description = "Print the specification as YAML.")
  private boolean yaml;

  @Mixin private DeskOptions desk = new DeskOptions();

  ShowCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    try (Desk open = desk.toLook(console())) {
      Standing standing = open.control().standing(id);
      if (yaml) {
        console().out().print(SpecWriter.yaml(standing.asStarted()));
        console().out().flush();
      } else {
        print(standing);
      }
    }
  }
}
