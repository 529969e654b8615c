package io.modeldiff.web.cli.lab;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.web.cli.ModelNames;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.console.ProgressDisplay;
import io.modeldiff.web.cli.options.DataOptions;
import io.modeldiff.web.cli.options.DeviceOptions;
import io.modeldiff.web.cli.options.InputSpaceOptions;
import io.modeldiff.web.cli.options.ModelPairOptions;
import io.modeldiff.web.compare.Pair;
import io.modeldiff.web.lab.LabMethod;
import io.modeldiff.web.lab.LabRow;
import io.modeldiff.web.lab.LabSpec;
import io.modeldiff.web.lab.LabTable;
import io.modeldiff.web.lab.LabTruth;
import io.modeldiff.web.lab.SamplerLab;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code modeldiff lab samplers}. */
@Command(
    name = "samplers",
    description =
        "All samplers at one budget on one pair of models, over several seeds: variance times"
            + " evaluations, bias, distance of the D histograms, effective samples per evaluation"
            + " and per second.")
final class LabSamplersCommand extends ResultCommand {
  @Mixin private ModelPairOptions models = new ModelPairOptions();

  @Mixin private InputSpaceOptions options = new InputSpaceOptions();

  @Option(
      names = "--methods",
      split = ",",
      paramLabel = "M",
      defaultValue = "smc,suffix,window,conditional,metropolis,gwg,paper,wang-landau,iid",
      description =
          "Methods, of smc, suffix, window, conditional, metropolis, gibbs, gwg, dmala, paper,"
              + " wang-landau, iid (default: ${DEFAULT-VALUE}).")
  private List<String> methods = List.of();

  @Option(
      names = "--evaluations",
      paramLabel = "MAX",
      defaultValue = "200000",
      description = "Budget per model and run, pilots included (default: ${DEFAULT-VALUE}).")
  private double evaluations;

  @Option(
      names = "--seeds",
      paramLabel = "COUNT",
      defaultValue = "5",
      description = "Number of seeds (default: ${DEFAULT-VALUE}).")
  private int seeds;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "The first seed; the others follow it (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--lanes",
      paramLabel = "C",
      defaultValue = "64",
      description = "Lanes per replica (default: ${DEFAULT-VALUE}).")
  private int lanes;

  @Option(
      names = "--moves",
      paramLabel = "S",
      defaultValue = "2",
      description = "Local moves per round (default: ${DEFAULT-VALUE}).")
  private int moves;

  @Option(
      names = "--temperatures",
      split = ",",
      paramLabel = "T",
      description =
          "The ladder of method paper, as the paper's T (default: 1/n times 0.25 to 1.4).")
  private double @Nullable [] temperatures;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "The exact answer, made by modeldiff exact --json; gives bias and distances.")
  private @Nullable Path truth;

  @Option(
      names = "--reference",
      paramLabel = "MAX",
      description = "Instead of a truth: a position-SMC run of this many evaluations.")
  private @Nullable Double reference;

  @Mixin private DeviceOptions device = new DeviceOptions();

  @Mixin private DataOptions data = new DataOptions();

  LabSamplersCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    List<LabMethod> chosen = methods.stream().map(LabMethod::of).toList();
    requirePositive("--seeds", seeds);
    requirePositive("--evaluations", evaluations);
    requirePositive("--lanes", lanes);
    ModelNames names = new ModelNames(data.directory());
    Pair pair = new Pair(names.open(models.a()), names.open(models.b()));
    ModelDirectory first = pair.a();
    ModelDirectory second = pair.b();
    InputSpace space = options.resolve(first.info("f32", "cpu"), first.tokenizer());
    LabTruth exact = truth == null ? null : LabTruth.read(truth);
    try (LanguageModel modelA = ModelLoader.load(first, device.load());
        LanguageModel modelB = ModelLoader.load(second, device.load())) {
      List<LabRow> rows;
      List<String> leftOut = new ArrayList<>();
      try (ProgressDisplay progress =
          console().progress("Sampling", (long) chosen.size() * seeds, "runs")) {
        LabTruth measure = exact;
        if (measure == null && reference != null) {
          LabSpec longer = spec(space, reference);
          measure =
              LabTruth.of(new SamplerLab(modelA, modelB, longer, null).once(LabMethod.SMC, -seed));
        }
        rows =
            new SamplerLab(modelA, modelB, spec(space, evaluations), measure)
                .run(
                    chosen,
                    LongStream.range(seed, seed + seeds).boxed().toList(),
                    progress,
                    leftOut::add);
      }
      leftOut.forEach(console().err()::println);
      show(rows);
    }
  }

  private static void requirePositive(String option, double value) {
    if (!(value > 0)) {
      throw UserException.badInput(option + " must be positive, but was " + value + ".");
    }
  }

  private LabSpec spec(InputSpace space, double budget) {
    double[] t = temperatures == null ? LabSpec.paperTemperatures(space.scored()) : temperatures;
    return new LabSpec(space, options.range(), budget, lanes, moves, options.bin(), t);
  }

  private void show(List<LabRow> rows) {
    if (json()) {
      JsonDocument.print(
          console(),
          Map.of(
              "evaluations", evaluations,
              "seeds", seeds,
              "z", Arrays.asList(options.range().low(), options.range().high()),
              "rows", rows));
    } else {
      LabTable.lines(rows).forEach(console().out()::println);
    }
  }
}
