package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.compat.Preprocess;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.web.cli.ModelNames;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.console.ProgressDisplay;
import io.modeldiff.web.cli.options.DataOptions;
import io.modeldiff.web.cli.options.DeviceOptions;
import io.modeldiff.web.cli.options.ModelPairOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code modeldiff corpus preprocess}. */
@Command(
    name = "preprocess",
    description =
        "LMdiff's workflow: score a dataset file with two model directories and write the configuration directory (two .h5, two .csv, metadata.json) that its server and ours open. The names stand in the files as given. Needs no platform, running or not.")
final class PreprocessCommand extends ResultCommand {
  @Mixin private ModelPairOptions models = new ModelPairOptions();

  @Option(
      names = "--corpus",
      required = true,
      paramLabel = "FILE",
      description = "The dataset file.")
  private String corpus = "";

  @Option(
      names = "--output-dir",
      required = true,
      paramLabel = "OUT",
      description = "The configuration directory to write.")
  private Path output = Path.of("");

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "10",
      description = "Most likely tokens to keep per position (default: ${DEFAULT-VALUE}).")
  private int topK = 10;

  @Option(
      names = "--max-clamp-rank",
      paramLabel = "RANK",
      defaultValue = "50",
      description = "Ranks beyond this are treated alike (default: ${DEFAULT-VALUE}).")
  private int clamp = 50;

  @Option(
      names = "--compat",
      description = "Reproduce the original's numbers where it differs from what it means to do.")
  private boolean compat;

  @Mixin private BadLinesOption badLines = new BadLinesOption();

  @Mixin private DeviceOptions device = new DeviceOptions();

  @Mixin private DataOptions data = new DataOptions();

  PreprocessCommand(Console console) {
    super(console);
  }

  /** The document. */
  record Result(String outputDir, List<String> files, int phrases, List<String> notes) {}

  @Override
  protected void run() throws IOException {
    Preprocess preprocess =
        new Preprocess(
            new Preprocess.Request(
                name(models.a()),
                name(models.b()),
                corpus,
                badLines.skip(),
                output,
                topK,
                clamp,
                compat));
    Preprocess.Report report;
    try (ProgressDisplay progress =
        console().progress("Scoring", 2L * preprocess.phrases(), "phrases")) {
      report = preprocess.run(new Named(models.a()), new Named(models.b()), progress);
    }
    report.notes().forEach(n -> console().note("Note: " + n));
    List<String> files = report.written().stream().map(Path::toString).toList();
    if (json()) {
      JsonDocument.print(
          console(), new Result(output.toString(), files, report.phrases(), report.notes()));
    } else {
      files.forEach(f -> console().out().println(f));
    }
  }

  /** A model by its name, opened when it is needed. */
  private final class Named implements Preprocess.Source {
    private final String name;
    private @Nullable ModelDirectory directory;

    Named(String name) {
      this.name = name;
    }

    private ModelDirectory directory() {
      ModelDirectory opened = directory;
      if (opened == null) {
        opened = new ModelNames(data.directory()).open(name);
        directory = opened;
      }
      return opened;
    }

    @Override
    public Map<String, Integer> vocabulary() {
      return directory().tokenizer().vocabulary();
    }

    @Override
    public LanguageModel load() {
      return ModelLoader.load(directory(), device.load());
    }
  }

  private static String name(String given) {
    return given.length() > 1 && given.endsWith("/")
        ? given.substring(0, given.length() - 1)
        : given;
  }
}
