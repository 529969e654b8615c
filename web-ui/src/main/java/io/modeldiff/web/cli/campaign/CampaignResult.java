package io.modeldiff.web.cli.campaign;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.service.CampaignControl.Standing;
import io.modeldiff.web.service.Phase;

/** What the commands about one campaign share: how they end. */
abstract class CampaignResult extends ResultCommand {
  CampaignResult(Console console) {
    super(console);
  }

  /** Prints where a campaign stands. */
  final void print(Standing standing) {
    if (json()) {
      JsonDocument.print(console(), standing);
    } else {
      console().out().print(StandingText.details(standing));
      console().out().flush();
    }
  }

  /** Stays until the campaign is over, when it goes on only as long as this command lasts. */
  final Standing finish(Desk desk, Standing begun, boolean wait) throws InterruptedException {
    if (!desk.isOwn() && !wait) {
      return begun;
    }
    Following.toTheEnd(console(), desk, begun.id());
    Standing end = desk.control().standing(begun.id());
    if (end.phase() == Phase.FAILED) {
      print(end);
      throw UserException.failed("Campaign " + end.id() + " cannot go on: " + end.failure());
    }
    return end;
  }
}
