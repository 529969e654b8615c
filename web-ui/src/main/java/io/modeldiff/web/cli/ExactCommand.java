package io.modeldiff.web.cli;

import io.modeldiff.core.exact.ExactResult;
import io.modeldiff.core.exact.ExactSpec;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.console.ProgressDisplay;
import io.modeldiff.web.cli.options.DataOptions;
import io.modeldiff.web.cli.options.DeviceOptions;
import io.modeldiff.web.cli.options.InputSpaceOptions;
import io.modeldiff.web.cli.options.ModelPairOptions;
import io.modeldiff.web.compare.ExactAnswer;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code modeldiff exact}. */
@Command(
    name = "exact",
    description =
        "The exact answer by full enumeration of a small input space: every sequence is scored by"
            + " both models, one forward position per proper prefix.")
final class ExactCommand extends ResultCommand {
  @Mixin private ModelPairOptions models = new ModelPairOptions();
  @Mixin private InputSpaceOptions options = new InputSpaceOptions();

  @Option(names = "--force", description = "Enumerate however many sequences there are.")
  private boolean force;

  @Option(names = "--again", description = "Enumerate even where the answer is kept from before.")
  private boolean again;

  @Mixin private DeviceOptions device = new DeviceOptions();
  @Mixin private DataOptions data = new DataOptions();

  ExactCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    ModelNames names = new ModelNames(data.directory());
    ModelDirectory first = names.open(models.a());
    ModelDirectory second = names.open(models.b());
    ExactSpec spec = spec(first);
    options.resolve(second.info("f32", "cpu"), second.tokenizer());
    spec.requireSmall(force);
    try (LanguageModel modelA = ModelLoader.load(first, device.load());
        LanguageModel modelB = ModelLoader.load(second, device.loadBeside())) {
      ExactAnswer<ExactResult> answer = answer(modelA, modelB, spec);
      ExactReport report = new ExactReport(answer, modelA.info(), modelB.info());
      if (json()) {
        JsonDocument.print(console(), report.json());
      } else {
        console().out().print(report.text());
      }
    }
  }

  private ExactAnswer<ExactResult> answer(LanguageModel a, LanguageModel b, ExactSpec spec) {
    if (!again) {
      Optional<ExactAnswer<ExactResult>> kept =
          ExactAnswer.kept(data.directory(), a.info(), b.info(), spec);
      if (kept.isPresent()) {
        console().note("Using the answer " + kept.get().origin() + "; --again enumerates anew.");
        return kept.get();
      }
    }
    try (ProgressDisplay progress =
        console().progress("Enumerating", spec.sequences().longValueExact(), "sequences")) {
      return ExactAnswer.enumerate(data.directory(), a, b, spec, progress, console()::note);
    }
  }

  private ExactSpec spec(ModelDirectory model) {
    return new ExactSpec(
        options.resolve(model.info("f32", "cpu"), model.tokenizer()),
        options.range(),
        options.lambda(),
        options.bin());
  }
}
