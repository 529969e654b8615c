package io.modeldiff.web.cli.compare;

import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.exact.ExactEnumeration;
import io.modeldiff.core.exact.ExactResult;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.console.ProgressDisplay;
import io.modeldiff.web.cli.options.PlatformStartOptions;
import io.modeldiff.web.compare.CompareRequest;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.ComparisonTable;
import io.modeldiff.web.result.Count;
import io.modeldiff.web.compare.ToyDemo;
import io.modeldiff.web.front.WebFront;
import io.modeldiff.web.platform.RunningPlatform;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code modeldiff demo}. */
@Command(
    name = "demo",
    description =
        "The main job on bundled models, start to finish. With --toy: the enumerable pair, checked"
            + " against the exact answer.")
public final class DemoCommand extends ResultCommand {
  private static final long POLL_MILLIS = 200;

  @Option(
      names = "--toy",
      required = true,
      description = "Two models of eight digits, small enough to enumerate all 10^8 inputs.")
  private boolean toy;

  @Option(
      names = "--evaluations",
      paramLabel = "MAX",
      defaultValue = "100000",
      description = "Budget per model, in full-sequence forward passes (default: 100000).")
  private long evaluations = 100_000;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of all randomness (default: 1).")
  private long seed = 1;

  @Mixin private PlatformStartOptions start = new PlatformStartOptions();

  DemoCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() throws InterruptedException {
    ToyDemo demo = ToyDemo.bundled();
    try (RunningPlatform platform = RunningPlatform.start(start.options(), "cpu", console()::note);
        WebFront front = WebFront.start(platform, WebFront.Address.loopback(), "cpu")) {
      console().note("Dashboard: " + front.dashboardUrl());
      show(platform, demo);
      if (console().terminal() && !json()) {
        console().note("The dashboard stays on until Ctrl-C: " + front.dashboardUrl());
        while (!console().stop().requested()) {
          Thread.sleep(POLL_MILLIS);
        }
      }
    }
  }

  private void show(RunningPlatform platform, ToyDemo demo) throws InterruptedException {
    CompareRequest request = demo.request(seed, evaluations);
    ComparisonDocument document =
        Comparing.run(
            console(),
            platform,
            request,
            Cause.now(System.getProperty("user.name", "unknown"), "demo"));
    ExactResult exact = enumerate(demo);
    if (json()) {
      Map<String, Object> both = new LinkedHashMap<>();
      both.put("sampled", document);
      both.put("exact", ToyDemo.counts(exact).counts());
      JsonDocument.print(console(), both);
    } else {
      console()
          .out()
          .print(
              ComparisonTable.of(
                  request.a().model().name(),
                  request.b().model().name(),
                  document,
                  ToyDemo.counts(exact)));
    }
    requireAgreement(document, exact);
  }

  private ExactResult enumerate(ToyDemo demo) {
    try (LanguageModel a = ModelLoader.load(demo.a(), new LoadOptions("cpu", "f32"));
        LanguageModel b = ModelLoader.load(demo.b(), new LoadOptions("cpu:1", "f32"));
        ProgressDisplay progress =
            console()
                .progress("Enumerating", demo.exact().sequences().longValueExact(), "sequences")) {
      return new ExactEnumeration(a, b, demo.exact()).run(progress);
    }
  }

  /** A demo whose sampled answer misses the exact one by far has failed and says so. */
  private static void requireAgreement(ComparisonDocument document, ExactResult exact) {
    long[] truth = ToyDemo.counts(exact).counts();
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
