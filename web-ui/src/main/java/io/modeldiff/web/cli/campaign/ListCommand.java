package io.modeldiff.web.cli.campaign;

import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.service.CampaignControl.Standing;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code modeldiff campaign list}. */
@Command(name = "list", description = "Where every campaign stands; those that wait say for what.")
final class ListCommand extends ResultCommand {
  @Mixin private DeskOptions desk = new DeskOptions();

  ListCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    try (Desk open = desk.toLook(console())) {
      List<Standing> all = open.control().standings();
      if (json()) {
        JsonDocument.print(console(), Map.of("campaigns", all));
      } else {
        console().out().print(StandingText.table(all));
        console().out().flush();
      }
    }
  }
}
