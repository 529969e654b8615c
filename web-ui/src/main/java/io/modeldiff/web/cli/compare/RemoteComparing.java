package io.modeldiff.web.cli.compare;

import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.error.UserException;
import io.modeldiff.replica.api.Comparisons;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Role;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.ProgressDisplay;
import io.modeldiff.web.compare.CompareRequest;
import io.modeldiff.web.remote.RemoteControl;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.service.CampaignControl.Standing;
import io.modeldiff.web.service.CampaignControl.Wish;
import io.modeldiff.web.service.Phase;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/** One comparison on a platform that runs elsewhere, shown on the console while it goes. */
final class RemoteComparing {
  private static final long LOOK_EVERY_MILLIS = 500;
  private static final String WHY = "command line";

  private final Console console;
  private final RemoteControl platform;
  private final CompareRequest request;
  private final Caller who =
      new Caller(System.getProperty("user.name", Caller.LOCAL_NAME), Role.ADMIN);

  RemoteComparing(Console console, RemoteControl platform, CompareRequest request) {
    this.console = console;
    this.platform = platform;
    this.request = request;
  }

  /** Starts it, or finds it as it is, and waits for its result. */
  ComparisonDocument run() throws InterruptedException {
    for (CampaignSpec campaign : List.of(request.a(), request.b())) {
      platform.begin(campaign, null, wish(), who);
    }
    String id =
        platform.compare(
            Comparisons.spec(
                List.of(request.a(), request.b()),
                request.lambda(),
                request.bin(),
                request.a().targetError(),
                0),
            wish(),
            who);
    console.note("Comparison " + id + " goes on there, also if this command is stopped.");
    await(id);
    return platform.result(id, request.lambda());
  }

  private static Wish wish() {
    return new Wish(WHY, UUID.randomUUID().toString());
  }

  private void await(String id) throws InterruptedException {
    List<String> campaigns = List.of(CampaignSpecs.id(request.a()), CampaignSpecs.id(request.b()));
    long total = request.a().evaluations() + request.b().evaluations();
    try (ProgressDisplay display = console.progress("Sampling", total, "evaluations")) {
      while (!platform.comparisonPhase(id).equals(Phase.DONE.word())) {
        if (display.stopRequested()) {
          throw new CancellationException("stopped");
        }
        List<Standing> both =
            platform.standings().stream().filter(s -> campaigns.contains(s.id())).toList();
        both.forEach(RemoteComparing::requireGoing);
        double done = both.stream().mapToDouble(Standing::evaluations).sum();
        display.done(Math.min(total, Math.round(done)));
        display.detail(
            both.stream()
                .map(s -> s.model() + " " + s.phase().word() + " round " + s.round())
                .collect(Collectors.joining(", ")));
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
      display.done(total);
    }
  }

  private static void requireGoing(Standing campaign) {
    if (campaign.failure() != null) {
      throw UserException.failed(
          "Campaign " + campaign.id() + " cannot go on: " + campaign.failure());
    }
    if (campaign.phase() == Phase.CANCELLED || campaign.phase() == Phase.PAUSED) {
      throw UserException.failed(
          "Campaign "
              + campaign.id()
              + " is "
              + campaign.phase().word()
              + "; see 'modeldiff campaign show "
              + campaign.id()
              + "'.");
    }
  }
}
