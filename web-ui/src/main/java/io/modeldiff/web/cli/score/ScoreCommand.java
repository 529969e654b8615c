package io.modeldiff.web.cli.score;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.web.cli.ModelNames;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.ProgressDisplay;
import io.modeldiff.web.cli.options.ContextOptions;
import io.modeldiff.web.cli.options.DataOptions;
import io.modeldiff.web.cli.options.DeviceOptions;
import io.modeldiff.web.cli.options.NamedServerOptions;
import io.modeldiff.web.compare.LocalComparisons;
import io.modeldiff.web.remote.RemoteControl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code modeldiff score}. */
@Command(
    name = "score",
    description =
        "Score texts: log-probability and rank of every token, and the mean NLL, under one or"
            + " several models.")
public final class ScoreCommand extends ResultCommand {
  private static final int FEW = 20;
  private static final int DIFF_MODELS = 2;

  @Option(
      names = "--model",
      paramLabel = "M",
      required = true,
      description = "A model: name or directory; repeat it for several.")
  private List<String> models = new ArrayList<>();

  @Option(names = "--text", paramLabel = "T", description = "A text; may be repeated.")
  private List<String> texts = new ArrayList<>();

  @Option(
      names = "--tokens",
      paramLabel = "\"1 2 3\"",
      description = "A text as token ids; may be repeated.")
  private List<String> tokens = new ArrayList<>();

  @Option(
      names = "--file",
      paramLabel = "F",
      description = "A file with one text per line, of any size; - is standard input.")
  private @Nullable String file;

  @Option(
      names = "--diff",
      description =
          "Compare the texts token by token under two models (m2 − m1): rank, probability, top-10,"
              + " surprisal, KL, JS, entropy; by character spans where the tokenizers differ.")
  private boolean diff;

  @Mixin private ContextOptions context = new ContextOptions();
  @Mixin private NamedServerOptions server = new NamedServerOptions();
  @Mixin private DeviceOptions device = new DeviceOptions();
  @Mixin private DataOptions data = new DataOptions();

  ScoreCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() throws IOException {
    if (texts.isEmpty() && tokens.isEmpty() && file == null) {
      throw UserException.badInput(
          "Nothing to score: give --text T, --tokens \"1 2 3\" or --file F.");
    }
    if (diff) {
      diff();
      return;
    }
    server.requireNone("--server goes with --diff; without it, 'score' does the work itself.");
    try (TextSource source = new TextSource(texts, tokens, file);
        ScoreOutput output = output()) {
      boolean complete = false;
      try {
        for (String model : models) {
          score(model, source, output);
        }
        complete = true;
      } finally {
        output.end(complete);
      }
    }
  }

  private void diff() throws IOException {
    if (models.size() != DIFF_MODELS || !tokens.isEmpty()) {
      throw UserException.badInput(
          "--diff compares texts under two models: give --model twice, and --text or --file.");
    }
    String a = models.get(0);
    String b = models.get(1);
    Optional<RemoteControl> named = server.control();
    if (named.isPresent()) {
      device.requireDefaults();
      named.get().requireModels(models);
    }
    DiffReport report = new DiffReport(console(), json());
    try (TextSource source = new TextSource(texts, tokens, file)) {
      if (named.isPresent()) {
        report.print(a, b, source, text -> named.get().diff(a, b, text));
        return;
      }
      ModelNames names = new ModelNames(data.directory());
      try (LanguageModel one = names.load(a, device.load());
          LanguageModel two = names.load(b, device.load())) {
        LocalComparisons comparisons = new LocalComparisons(data.directory());
        report.print(a, b, source, new LocalDiff(one, two, comparisons)::of);
      }
    }
  }

  private ScoreOutput output() throws IOException {
    boolean few = file == null && texts.size() + tokens.size() <= FEW;
    return json() ? new JsonScores(console()) : new PlainScores(console(), few);
  }

  private void score(String name, TextSource source, ScoreOutput output) throws IOException {
    try (LanguageModel model =
        ModelLoader.load(new ModelNames(data.directory()).open(name), device.load())) {
      TextScorer scorer = new TextScorer(model, context);
      long count = scorer.check(source, console().quietMonitor());
      output.model(new ModelHeading(name, model.info(), model.tokenizer()));
      if (file == null) {
        scorer.score(source, console().quietMonitor(), scored -> write(output, scored));
        return;
      }
      try (ProgressDisplay progress =
          console().progress("Scoring under " + model.info().name(), count, "texts")) {
        scorer.score(source, progress, scored -> write(output, scored));
      }
    }
  }

  private void write(ScoreOutput output, TextScorer.Scored scored) {
    try {
      output.text(scored);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (console().out().checkError()) {
      throw UserException.failed("The output was closed before all texts were scored.");
    }
  }
}
