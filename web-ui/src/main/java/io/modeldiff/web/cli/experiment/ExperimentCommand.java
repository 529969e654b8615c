package io.modeldiff.web.cli.experiment;

import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.campaign.CampaignSpecs;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.exact.ExactResult;
import io.modeldiff.core.exact.ExactSpec;
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
import io.modeldiff.web.compare.ExactAnswer;
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
      names = "--length",
      paramLabel = "N",
      description = "Another number of tokens than the paper's.")
  private @Nullable Integer length;

  @Option(
      names = "--allow",
      paramLabel = "all|no-special|IDS",
      description = "Other tokens than the preset's (all; the toys' ten digits).")
  private @Nullable String allow;

  @Option(
      names = "--bin",
      paramLabel = "W",
      description = "Width of the bins of D, nats per token (default: 0.05; toy: 0.02).")
  private @Nullable Double bin;

  @Option(
      names = "--sigma",
      split = ",",
      paramLabel = "S",
      description = "Standard deviations of the noise (default: 0.001,0.00001, the paper's).")
  private List<Double> sigmas = List.of(0.001, 0.00001);

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
      for (double sigma : sigmas) {
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
    double width = bin == null ? (preset == Preset.TOY ? TOY_BIN : BIN) : bin;
    CompareRequest request =
        new CompareRequest(spec(preset, pair.a(), width), spec(preset, pair.b(), width), 0, width);
    return Comparing.run(
        console(),
        platform,
        request,
        Cause.now(System.getProperty("user.name", "unknown"), "experiment " + preset.word()));
  }

  private CampaignSpec spec(Preset preset, ModelDirectory model, double width) {
    ModelInfo info = model.info(device.load().dtype(), device.load().device());
    ModelRef ref =
        new ModelRef(info.name(), info.directory().toString(), info.hash(), device.load().dtype());
    NllRange range = z == null ? preset.z : NllRange.parse(z);
    CampaignSpecs.Builder builder =
        CampaignSpecs.builder(
                ref,
                InputSpaces.resolve(
                    info,
                    model.tokenizer(),
                    length == null ? preset.length : length,
                    "bos",
                    allow == null ? preset.allow : allow),
                range)
            .seed(seed)
            .evaluations(evaluations == null ? preset.steps : evaluations)
            .bin(width);
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
    List<PlainGeneration> plain =
        preset == Preset.TOY ? PlainGeneration.of(outcome, exact(run.pair(), outcome)) : List.of();
    if (!plain.isEmpty()) {
      shown.put("figure7", plain);
    }
    Signature signature = preset == Preset.NOISE ? Signature.of(outcome, document) : null;
    if (signature != null) {
      shown.put("signature", signature);
    }
    if (!json()) {
      console().out().print(TableRow.of(run.name(), preset, document));
      plain.forEach(side -> console().out().println(side.sentence()));
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

  /** The exact answer to the same question, where the data directory holds one. */
  private @Nullable ExactResult exact(Pair pair, Outcome outcome) {
    CampaignSpec asked = outcome.a().campaign().spec();
    ExactSpec spec =
        new ExactSpec(
            asked.space().toSpace(),
            asked.z(),
            outcome.asked().lambda(),
            outcome.asked().binWidth());
    return ExactAnswer.kept(
            start.options().data(), pair.a().info("f32", "cpu"), pair.b().info("f32", "cpu"), spec)
        .map(ExactAnswer::result)
        .orElse(null);
  }
}
