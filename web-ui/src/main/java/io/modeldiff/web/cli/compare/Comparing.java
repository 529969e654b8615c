package io.modeldiff.web.cli.compare;

import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.ProgressDisplay;
import io.modeldiff.web.compare.CompareProgress;
import io.modeldiff.web.compare.CompareRequest;
import io.modeldiff.web.compare.CompareRun;
import io.modeldiff.web.compare.LocalComparisons;
import io.modeldiff.web.compare.LocalComparisons.Stored;
import io.modeldiff.web.platform.RunningPlatform;

/** One comparison on a running platform, shown on the console while it goes. */
public final class Comparing {
  private Comparing() {}

  /**
   * Starts a comparison or goes on with it, and waits for its result.
   *
   * @param console shows the progress, with the present ratio
   */
  public static Outcome run(
      Console console, RunningPlatform platform, CompareRequest request, Cause cause)
      throws InterruptedException {
    CompareRun run = new CompareRun(platform, request, console::note);
    run.start(cause, console.quietMonitor());
    console.note(
        "Comparison "
            + run.comparison()
            + " of campaigns "
            + CampaignSpecs.id(request.a())
            + " and "
            + CampaignSpecs.id(request.b())
            + " is under way.");
    long total = request.a().evaluations() + request.b().evaluations();
    Outcome outcome;
    try (ProgressDisplay display = console.progress("Sampling", total, "evaluations")) {
      outcome =
          run.await(
              progress -> {
                display.done(Math.min(total, Math.round(progress.evaluations())));
                display.detail(CompareProgress.words(progress));
              },
              display);
    }
    new LocalComparisons(platform.platform().directory().layout().root()).write(Stored.of(outcome));
    return outcome;
  }
}
