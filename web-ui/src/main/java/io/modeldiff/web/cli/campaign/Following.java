package io.modeldiff.web.cli.campaign;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.ProgressDisplay;
import io.modeldiff.web.service.CampaignControl.Standing;
import io.modeldiff.web.service.Phase;
import java.util.concurrent.CancellationException;

/** Showing a campaign's progress until nothing more happens by itself. */
final class Following {
  private static final long LOOK_EVERY_MILLIS = 500;
  private static final int LOOKS_WITHOUT_ANSWER = 240;

  private Following() {}

  /** Where the campaign stands in the end. */
  static Standing toTheEnd(Console console, Desk desk, String id) throws InterruptedException {
    Standing now = desk.control().standing(id);
    String said = "";
    int silent = 0;
    try (ProgressDisplay display =
        console.progress("Campaign " + id, now.budget(), "evaluations")) {
      while (!isOver(now)) {
        if (display.stopRequested()) {
          throw new CancellationException("stopped");
        }
        display.done(Math.min(now.budget(), Math.round(now.evaluations())));
        display.detail(now.phase().word() + " round " + now.round());
        said = say(console, now.waiting(), said);
        Thread.sleep(LOOK_EVERY_MILLIS);
        try {
          now = look(desk, id);
          silent = 0;
        } catch (UserException e) {
          // The store or the platform may be away for a while; the campaign goes on with it.
          said = say(console, e.getMessage(), said);
          if (e.exitCode() == UserException.BAD_INPUT || ++silent > LOOKS_WITHOUT_ANSWER) {
            throw e;
          }
        }
      }
      display.done(Math.min(now.budget(), Math.round(now.evaluations())));
    }
    return now;
  }

  private static Standing look(Desk desk, String id) {
    return desk.control().standings().stream()
        .filter(s -> s.id().equals(id))
        .findFirst()
        .orElseGet(() -> desk.control().standing(id));
  }

  private static String say(
      Console console, @org.jspecify.annotations.Nullable String sentence, String said) {
    String now = sentence == null ? "" : sentence;
    if (!now.isEmpty() && !now.equals(said)) {
      console.note(now);
    }
    return now;
  }

  private static boolean isOver(Standing s) {
    return s.phase().isOver() || s.phase() == Phase.PAUSED;
  }
}
