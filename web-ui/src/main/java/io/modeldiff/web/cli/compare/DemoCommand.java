package io.modeldiff.web.cli.compare;

import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.exact.ExactCounts;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.options.PlatformStartOptions;
import io.modeldiff.web.compare.CompareRequest;
import io.modeldiff.web.compare.ExactAnswer;
import io.modeldiff.web.compare.TextDemo;
import io.modeldiff.web.compare.ToyDemo;
import io.modeldiff.web.front.WebFront;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.ComparisonTable;
import io.modeldiff.web.result.Count;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code modeldiff demo}. */
@Command(
    name = "demo",
    description =
        "The main job on bundled models, start to finish, with the dashboard on: two small text"
            + " models, one tuned further. With --toy: the enumerable pair, checked against the exact"
            + " answer.")
public final class DemoCommand extends ResultCommand {
  private static final long POLL_MILLIS = 200;
  private static final long TOY_EVALUATIONS = 60_000;
  private static final long TEXT_EVALUATIONS = 20_000;

  @Option(
      names = "--toy",
      description = "Two models of eight digits, small enough to enumerate all 10^8 inputs.")
  private boolean toy;

  @Option(
      names = "--evaluations",
      paramLabel = "MAX",
      description =
          "Budget per model, in full-sequence forward passes (default: 20000; with --toy 60000).")
  private @Nullable Long evaluations;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of all randomness (default: 1).")
  private long seed = 1;

  @Option(
      names = "--again",
      description = "Enumerate even where the exact answer is kept from before.")
  private boolean again;

  @Mixin private PlatformStartOptions start = new PlatformStartOptions();

  DemoCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() throws InterruptedException {
    Path data = start.options().data();
    ToyDemo toys = toy ? ToyDemo.bundled() : null;
    TextDemo texts = toy ? null : TextDemo.bundled();
    // The enumeration fills what the start of the platform and the sampling leave of the cores.
    try (BackgroundExact exact =
            toys == null ? null : BackgroundExact.start(console(), toys, data, again);
        RunningPlatform platform = RunningPlatform.start(start.options(), "cpu", console()::note);
        WebFront front = WebFront.start(platform, WebFront.Address.loopback(), "cpu")) {
      console().note("Dashboard: " + front.dashboardUrl());
      if (toys != null && exact != null) {
        show(platform, toys, exact);
      } else if (texts != null) {
        show(platform, texts);
      }
      if (console().terminal() && !json()) {
        console().note("The dashboard stays on until Ctrl-C: " + front.dashboardUrl());
        while (!console().stop().requested()) {
          Thread.sleep(POLL_MILLIS);
        }
      }
    }
  }

  private Outcome run(RunningPlatform platform, CompareRequest request)
      throws InterruptedException {
    return Comparing.run(
        console(),
        platform,
        request,
        Cause.now(System.getProperty("user.name", "unknown"), "demo"));
  }

  private void show(RunningPlatform platform, TextDemo demo) throws InterruptedException {
    CompareRequest request =
        demo.request(seed, evaluations == null ? TEXT_EVALUATIONS : evaluations);
    Outcome outcome = run(platform, request);
    ComparisonDocument document = ComparisonDocument.of(outcome);
    if (json()) {
      JsonDocument.print(console(), document);
      return;
    }
    console().out().println(document.headline());
    console().out().println();
    console()
        .out()
        .print(ComparisonTable.of(document.models().A(), document.models().B(), document, null));
    console().out().print(InputsText.of(outcome, demo.a().tokenizer()));
    console().out().flush();
  }

  private void show(RunningPlatform platform, ToyDemo demo, BackgroundExact background)
      throws InterruptedException {
    CompareRequest request =
        demo.request(seed, evaluations == null ? TOY_EVALUATIONS : evaluations);
    ComparisonDocument document = ComparisonDocument.of(run(platform, request));
    ExactAnswer<ExactCounts> answer = background.await(console());
    ComparisonTable.Exact exact = ComparisonTable.Exact.of(answer.result(), answer.origin());
    if (json()) {
      Map<String, Object> both = new LinkedHashMap<>();
      both.put("sampled", document);
      both.put("exact", exact.counts());
      both.put("exactOrigin", exact.origin());
      JsonDocument.print(console(), both);
    } else {
      console()
          .out()
          .print(
              ComparisonTable.of(
                  request.a().model().name(), request.b().model().name(), document, exact));
    }
    requireAgreement(document, exact);
  }

  /** A demo whose sampled answer misses the exact one by far has failed and says so. */
  private static void requireAgreement(ComparisonDocument document, ComparisonTable.Exact exact) {
    long[] truth = exact.counts();
    for (int i = 0; i < 4; i++) {
      Count term = document.fourTerms().get(i);
      Double log = term.log10();
      Double se = term.relSe();
      double off = log == null ? 1 : Math.abs(Math.pow(10, log) / truth[3 + i] - 1);
      if (se == null || off > 6 * se) {
        throw UserException.failed(
            "The sampled answer misses the exact one by far more than its error bars; please report"
                + " this with the table above.");
      }
    }
  }
}
