package io.modeldiff.web.cli.lab;

import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.cli.ModelNames;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.console.ProgressDisplay;
import io.modeldiff.web.cli.options.DeviceOptions;
import io.modeldiff.web.cli.options.InputSpaceOptions;
import io.modeldiff.web.cli.options.ModelPairOptions;
import io.modeldiff.web.cli.options.PlatformStartOptions;
import io.modeldiff.web.cli.options.SamplingOptions;
import io.modeldiff.web.compare.CompareProgress;
import io.modeldiff.web.compare.CompareRequest;
import io.modeldiff.web.compare.CompareRun;
import io.modeldiff.web.compare.Pair;
import io.modeldiff.web.lab.LabTruth;
import io.modeldiff.web.lab.SeedRun;
import io.modeldiff.web.lab.SeedTable;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.result.ComparisonDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code modeldiff lab seeds}. */
@Command(
    name = "seeds",
    description =
        "Whole comparisons with several seeds on one platform, each beside the exact answer: how far"
            + " off every quantity is, and how often its 95%% interval holds the truth. The same"
            + " command on the same data directory goes on where it was.")
final class LabSeedsCommand extends ResultCommand {
  @Mixin private ModelPairOptions models = new ModelPairOptions();
  @Mixin private InputSpaceOptions space = new InputSpaceOptions();
  @Mixin private SamplingOptions sampling = new SamplingOptions();
  @Mixin private DeviceOptions device = new DeviceOptions();
  @Mixin private PlatformStartOptions start = new PlatformStartOptions();

  @Option(
      names = "--seeds",
      paramLabel = "COUNT",
      defaultValue = "10",
      description = "Number of seeds, counted from --seed (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      required = true,
      description = "The exact answer, made by modeldiff exact --json.")
  private Path truth = Path.of("exact.json");

  LabSeedsCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() throws InterruptedException {
    if (seeds < 1) {
      throw UserException.badInput("--seeds must be at least 1, but was " + seeds + ".");
    }
    LabTruth exact = LabTruth.read(truth);
    ModelNames names = new ModelNames(start.options().data());
    Pair pair = new Pair(names.open(models.a()), names.open(models.b()));
    List<SeedRun> runs = new ArrayList<>();
    try (RunningPlatform platform =
        RunningPlatform.start(start.options(), device.load().device(), console()::note)) {
      for (long seed = sampling.seed(); seed < sampling.seed() + seeds; seed++) {
        SeedRun run = one(platform, pair, seed, exact);
        console().note(SeedTable.line(run));
        runs.add(run);
      }
    }
    SeedTable table = SeedTable.of(runs);
    if (json()) {
      JsonDocument.print(console(), table);
    } else {
      table.lines().forEach(console().out()::println);
    }
  }

  private SeedRun one(RunningPlatform platform, Pair pair, long seed, LabTruth exact)
      throws InterruptedException {
    CompareRequest request =
        new CompareRequest(
            sampling.spec(pair.a(), space, device, seed),
            sampling.spec(pair.b(), space, device, seed),
            space.lambda(),
            space.bin());
    CompareRun run = new CompareRun(platform, request);
    run.start(
        Cause.now(System.getProperty("user.name", "unknown"), "lab seeds"),
        console().quietMonitor());
    long total = request.a().evaluations() + request.b().evaluations();
    try (ProgressDisplay display = console().progress("Seed " + seed, total, "evaluations")) {
      Outcome outcome =
          run.await(
              progress -> {
                display.done(Math.min(total, Math.round(progress.evaluations())));
                display.detail(CompareProgress.words(progress));
              },
              display);
      return SeedRun.of(seed, outcome, ComparisonDocument.of(outcome).checks().converged(), exact);
    }
  }
}
