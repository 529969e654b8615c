package io.modeldiff.web.cli.compare;

import io.modeldiff.core.campaign.Cause;
import io.modeldiff.web.cli.ModelNames;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.options.DeviceOptions;
import io.modeldiff.web.cli.options.InputSpaceOptions;
import io.modeldiff.web.cli.options.ModelPairOptions;
import io.modeldiff.web.cli.options.PlatformStartOptions;
import io.modeldiff.web.cli.options.SamplingOptions;
import io.modeldiff.web.compare.CompareRequest;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.ComparisonTable;
import io.modeldiff.web.compare.Pair;
import io.modeldiff.web.platform.RunningPlatform;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code modeldiff compare}. */
@Command(
    name = "compare",
    description =
        "How many inputs two models disagree on: samples both models' own input spaces, scores each"
            + " one's inputs by the other, and prints the result. The same command on the same data"
            + " directory goes on where it was.")
public final class CompareCommand extends ResultCommand {
  @Mixin private ModelPairOptions models = new ModelPairOptions();
  @Mixin private InputSpaceOptions space = new InputSpaceOptions();
  @Mixin private SamplingOptions sampling = new SamplingOptions();
  @Mixin private DeviceOptions device = new DeviceOptions();
  @Mixin private PlatformStartOptions start = new PlatformStartOptions();

  CompareCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() throws InterruptedException {
    ModelNames names = new ModelNames(start.options().data());
    Pair pair = new Pair(names.open(models.a()), names.open(models.b()));
    CompareRequest request =
        new CompareRequest(
            sampling.spec(pair.a(), space, device),
            sampling.spec(pair.b(), space, device),
            space.lambda(),
            space.bin());
    ComparisonDocument document;
    try (RunningPlatform platform =
        RunningPlatform.start(start.options(), device.load().device(), console()::note)) {
      document =
          Comparing.run(
              console(),
              platform,
              request,
              Cause.now(System.getProperty("user.name", "unknown"), "command line"));
    }
    if (json()) {
      JsonDocument.print(console(), document);
    } else {
      console()
          .out()
          .print(
              ComparisonTable.of(
                  request.a().model().name(), request.b().model().name(), document, null));
    }
  }
}
