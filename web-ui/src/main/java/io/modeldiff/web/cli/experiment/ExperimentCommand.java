package io.modeldiff.web.cli.experiment;

import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.InputSpaces;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.lm.files.NoisedCopy;
import io.modeldiff.core.space.NllRange;
import io.modeldiff.web.cli.ModelNames;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.compare.Comparing;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.options.DeviceOptions;
import io.modeldiff.web.cli.options.PlatformStartOptions;
import io.modeldiff.web.compare.CompareRequest;
import io.modeldiff.web.compare.Pair;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.result.ComparisonDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code modeldiff experiment}. */
@Command(
    name = "experiment",
    description =
        "The paper's experiments as presets: N, Z, the temperatures and the number of steps of its"
            + " section 4 and Appendix C, on your models. Prints the row of its Table 2 and the data of"
            + " the figure.")
public final class ExperimentCommand extends ResultCommand {
  private static final double[] SIGMAS = {0.001, 0.00001};
  private static final double BIN = 0.05;
  private static final double TOY_BIN = 0.02;

  @Parameters(
      paramLabel = "NAME",
      description = "toy, gpt2-25, gpt2-100, llama-25, noise or which-is-better.")
  private String name = "";

  @Option(
      names = "--a",
      paramLabel = "A",
      description = "Model A: name or directory (toy, noise, which-is-better: bundled by default).")
  private @Nullable String a;

  @Option(
      names = "--b",
      paramLabel = "B",
      description = "Model B: name or directory (toy, which-is-better: bundled by default).")
  private @Nullable String b;

  @Option(
      names = "--evaluations",
      paramLabel = "MAX",
      description = "Budget per model, in full-sequence passes (default: the paper's steps).")
  private @Nullable Long evaluations;

  @Option(
      names = "--z",
      paramLabel = "LO:HI",
      description = "Another Z than the paper's, nats per token.")
  private @Nullable String z;

  @Option(
      names = "--ladder",
      paramLabel = "pilot|paper",
      defaultValue = "pilot",
      description =
          "Where the temperatures come from: placed by the pilot (default), or the paper's range.")
  private String ladder = "pilot";

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of all randomness, of the noise too (default: 1).")
  private long seed = 1;

  @Mixin private DeviceOptions device = new DeviceOptions();
  @Mixin private PlatformStartOptions start = new PlatformStartOptions();

  ExperimentCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() throws InterruptedException {
    Preset preset = Preset.parse(name);
    if (!ladder.equals("pilot") && !ladder.equals("paper")) {
      throw UserException.badInput("--ladder must be pilot or paper, but was '" + ladder + "'.");
    }
    ModelNames names = new ModelNames(start.options().data());
    ModelDirectory first = names.open(named("--a", a, preset.a));
    List<Run> runs = new ArrayList<>();
    if (preset == Preset.NOISE && b == null) {
      for (double sigma : SIGMAS) {
        runs.add(new Run("noise σ=" + sigma, new Pair(first, noisy(first, sigma))));
      }
    } else {
      ModelDirectory second = names.open(named("--b", b, preset.b));
      runs.add(new Run(preset.word(), new Pair(first, second)));
    }
    List<Map<String, Object>> documents = new ArrayList<>();
    try (RunningPlatform platform =
        RunningPlatform.start(start.options(), device.load().device(), console()::note)) {
      for (Run run : runs) {
        documents.add(show(preset, run, compare(platform, preset, run.pair())));
      }
    }
    if (json()) {
      JsonDocument.print(console(), Map.of("experiment", preset.word(), "runs", documents));
    }
  }

  private record Run(String name, Pair pair) {}

  private static String named(String option, @Nullable String given, String usual) {
    if (given == null && usual.isEmpty()) {
      throw UserException.badInput(
          "This experiment needs " + option + ": the directory of your model.");
    }
    return given == null ? usual : given;
  }

  private ModelDirectory noisy(ModelDirectory source, double sigma) {
    Path target =
        start
            .options()
            .data()
            .resolve("experiments")
            .resolve(source.path().getFileName() + "-noise-" + sigma + "-seed-" + seed)
            .toAbsolutePath()
            .normalize();
    if (!Files.isDirectory(target)) {
      NoisedCopy.write(source.path(), target, sigma, seed);
    }
    return ModelDirectory.open(target);
  }

  private Outcome compare(RunningPlatform platform, Preset preset, Pair pair)
      throws InterruptedException {
    double bin = preset == Preset.TOY ? TOY_BIN : BIN;
    CompareRequest request =
        new CompareRequest(spec(preset, pair.a(), bin), spec(preset, pair.b(), bin), 0, bin);
    return Comparing.run(
        console(),
        platform,
        request,
        Cause.now(System.getProperty("user.name", "unknown"), "experiment " + preset.word()));
  }

  private CampaignSpec spec(Preset preset, ModelDirectory model, double bin) {
    ModelInfo info = model.info(device.load().dtype(), device.load().device());
    ModelRef ref =
        new ModelRef(info.name(), info.directory().toString(), info.hash(), device.load().dtype());
    NllRange range = z == null ? preset.z : NllRange.parse(z);
    CampaignSpecs.Builder builder =
        CampaignSpecs.builder(
                ref,
                InputSpaces.resolve(info, model.tokenizer(), preset.length, "bos", preset.allow),
                range)
            .seed(seed)
            .evaluations(evaluations == null ? preset.steps : evaluations)
            .bin(bin);
    if (ladder.equals("paper") && preset.temperatures().length > 0) {
      builder.temperatures(preset.temperatures());
    }
    CampaignSpec spec = builder.build();
    spec.requireFits(info);
    return spec;
  }

  private Map<String, Object> show(Preset preset, Run run, Outcome outcome) {
    ComparisonDocument document = ComparisonDocument.of(outcome);
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", run.name());
    shown.put("paperRatio", preset.paperRatio);
    shown.put("result", document);
    Signature signature = preset == Preset.NOISE ? Signature.of(outcome) : null;
    if (signature != null) {
      shown.put("signature", signature);
    }
    if (!json()) {
      console().out().print(TableRow.of(run.name(), preset, document));
      if (signature != null) {
        console().out().println(signature.sentence());
      }
      if (preset == Preset.WHICH_IS_BETTER) {
        console()
            .out()
            .println(
                "Which model agrees more with people needs annotations: draw items from comparison "
                    + document.comparison()
                    + " with 'modeldiff annotate', D in -1:-0.6 and 0.6:1 as in the paper.");
      }
      console().out().flush();
    }
    return shown;
  }
}
