package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.cache.CacheAnalysis;
import io.modeldiff.analysis.lmdiff.cache.ChunkedCache;
import io.modeldiff.analysis.lmdiff.cache.ScoringRules;
import io.modeldiff.analysis.lmdiff.comparison.ComparisonTable;
import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.analysis.lmdiff.library.Analyses;
import io.modeldiff.analysis.lmdiff.library.PairDivergences;
import io.modeldiff.analysis.lmdiff.measure.TokenDifferences;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.web.cli.ModelNames;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.ProgressDisplay;
import io.modeldiff.web.cli.options.DeviceOptions;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Two models and a corpus; what is not analyzed yet is analyzed first. */
final class PairOptions {
  @Option(
      names = "--a",
      required = true,
      paramLabel = "M1",
      description = "Model 1: name or directory.")
  private String first = "";

  @Option(
      names = "--b",
      required = true,
      paramLabel = "M2",
      description = "Model 2: name or directory.")
  private String second = "";

  @Option(
      names = "--corpus",
      required = true,
      paramLabel = "CORPUS",
      description = "Corpus: name or file.")
  private String corpus = "";

  @Option(
      names = "--clamp",
      paramLabel = "RANK",
      defaultValue = "50",
      description = "Ranks beyond this are treated alike (default: ${DEFAULT-VALUE}).")
  private int clamp = TokenDifferences.DEFAULT_CLAMP;

  @Option(
      names = "--divergences",
      description =
          "Also compare the full predictive distributions (KL both ways, JS, entropy); runs both models.")
  private boolean divergences;

  @Option(names = "--compat", description = "Score as the original tool does where it differs.")
  private boolean compat;

  @Mixin private LibraryOptions library = new LibraryOptions();

  @Mixin private DeviceOptions device = new DeviceOptions();

  /**
   * The compared pair.
   *
   * @param table every measure of every phrase
   */
  record Pair(String first, String second, Corpus corpus, ComparisonTable table) {}

  /** Analyzes what is missing and compares. */
  Pair compare(Console console) {
    Corpus texts = library.corpus(corpus);
    ScoringRules rules = compat ? ScoringRules.COMPAT : ScoringRules.STANDARD;
    Analyses analyses = new Analyses(library.store(), rules, CacheAnalysis.TOP_K);
    ModelDirectory one = ModelDirectory.open(ModelNames.directory(first));
    ModelDirectory two = ModelDirectory.open(ModelNames.directory(second));
    try (ChunkedCache a = cache(console, analyses, one, first, texts);
        ChunkedCache b = cache(console, analyses, two, second, texts)) {
      ComparisonTable table;
      try (ProgressDisplay progress = console.progress("Comparing", texts.size(), "phrases")) {
        table = analyses.compare(a, b, clamp, progress);
      }
      return new Pair(
          first,
          second,
          texts,
          divergences ? withDivergences(console, one, two, texts, table) : table);
    }
  }

  private ChunkedCache cache(
      Console console, Analyses analyses, ModelDirectory model, String name, Corpus texts) {
    Optional<ChunkedCache> ready = analyses.find(model.info(dtype(), "cpu"), texts);
    if (ready.isPresent()) {
      return ready.get();
    }
    try (LanguageModel loaded = ModelLoader.load(model, device.load());
        ProgressDisplay progress =
            console.progress("Analyzing with " + name, texts.size(), "phrases")) {
      ChunkedCache cache = analyses.analyze(loaded, name, texts, progress);
      if (!cache.complete()) {
        throw new CancellationException("Stopped on request.");
      }
      return cache;
    }
  }

  private ComparisonTable withDivergences(
      Console console,
      ModelDirectory one,
      ModelDirectory two,
      Corpus texts,
      ComparisonTable table) {
    try (LanguageModel a = ModelLoader.load(one, device.load());
        LanguageModel b = ModelLoader.load(two, device.load());
        ProgressDisplay progress =
            console.progress("Comparing distributions", texts.size(), "phrases")) {
      return table.with(
          new PairDivergences(library.store()).run(a, b, texts, progress).columns(table));
    }
  }

  private String dtype() {
    return device.load().dtype().equals("f16") ? "f16" : "f32";
  }
}
