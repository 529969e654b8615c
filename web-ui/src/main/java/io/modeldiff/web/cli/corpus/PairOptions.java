package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.cache.AnalysisCache;
import io.modeldiff.analysis.lmdiff.cache.CacheAnalysis;
import io.modeldiff.analysis.lmdiff.cache.CacheCorpus;
import io.modeldiff.analysis.lmdiff.cache.ChunkedCache;
import io.modeldiff.analysis.lmdiff.cache.ScoringRules;
import io.modeldiff.analysis.lmdiff.comparison.ComparisonTable;
import io.modeldiff.analysis.lmdiff.comparison.CorpusComparison;
import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.analysis.lmdiff.format.AnalysisCacheFile;
import io.modeldiff.analysis.lmdiff.library.PairDivergences;
import io.modeldiff.analysis.lmdiff.measure.TokenDifferences;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.ProgressDisplay;
import io.modeldiff.web.cli.options.ModelPairOptions;
import io.modeldiff.web.cli.options.ServerOptions;
import io.modeldiff.web.platform.Corpora;
import io.modeldiff.web.platform.Corpora.Analyst;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.remote.RemoteControl;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Two models and a corpus, where what is not analyzed yet is analyzed first; or two analysis cache
 * files, which need neither models nor a platform.
 */
final class PairOptions {
  private static final String CACHE_FILE = ".h5";

  @Mixin private ModelPairOptions models = new ModelPairOptions();

  @Option(
      names = "--corpus",
      paramLabel = "CORPUS",
      description = "Corpus: name or file. Not needed when A and B are analysis cache files (.h5).")
  private @Nullable String corpus;

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

  /** Name of a registered model, or what else a person said. */
  String first() {
    return models.a();
  }

  /** The same of the second model. */
  String second() {
    return models.b();
  }

  /** Name of the corpus. */
  String corpus() {
    if (corpus == null) {
      throw UserException.badInput("Say which texts: --corpus NAME or --corpus FILE.");
    }
    return corpus;
  }

  private boolean ofFiles() {
    return models.a().endsWith(CACHE_FILE) && models.b().endsWith(CACHE_FILE);
  }

  /** A platform that runs already; analysis cache files need none. */
  Optional<RemoteControl> running(ServerOptions server) {
    return ofFiles() ? Optional.empty() : library.running(server);
  }

  /**
   * The compared pair.
   *
   * @param table every measure of every phrase
   */
  record Pair(String first, String second, Corpus corpus, ComparisonTable table) {}

  /** Analyzes what is missing, compares, and hands the pair over while its texts can be read. */
  void compare(Console console, Consumer<Pair> use) {
    if (ofFiles()) {
      files(console, use);
      return;
    }
    String name = corpus();
    Analyst one = library.analyst(models.a());
    Analyst two = library.analyst(models.b());
    ScoringRules rules = compat ? ScoringRules.COMPAT : ScoringRules.STANDARD;
    try (RunningPlatform platform = library.open(console)) {
      Corpora corpora = platform.corpora();
      Corpus texts = corpora.openOrRead(name);
      int k = CacheAnalysis.TOP_K;
      try (ChunkedCache a = Analyzing.run(console, corpora, one, texts, rules, k);
          ChunkedCache b = Analyzing.run(console, corpora, two, texts, rules, k)) {
        ComparisonTable table = table(console, a, b);
        use.accept(
            new Pair(
                models.a(),
                models.b(),
                texts,
                divergences ? withDivergences(console, corpora, one, two, texts, table) : table));
      }
    }
  }

  private void files(Console console, Consumer<Pair> use) {
    if (divergences) {
      throw UserException.badInput(
          "--divergences needs both models; analysis cache files hold only what was scored.");
    }
    try (AnalysisCacheFile a = AnalysisCacheFile.open(Path.of(models.a()));
        AnalysisCacheFile b = AnalysisCacheFile.open(Path.of(models.b()))) {
      use.accept(
          new Pair(
              a.header().modelName(),
              b.header().modelName(),
              new CacheCorpus(a),
              table(console, a, b)));
    }
  }

  private ComparisonTable table(Console console, AnalysisCache a, AnalysisCache b) {
    try (ProgressDisplay progress = console.progress("Comparing", a.size(), "phrases")) {
      return CorpusComparison.compare(a, b, clamp, progress::done);
    }
  }

  private ComparisonTable withDivergences(
      Console console,
      Corpora corpora,
      Analyst one,
      Analyst two,
      Corpus texts,
      ComparisonTable table) {
    try (LanguageModel a = ModelLoader.load(one.directory(), library.device().load());
        LanguageModel b = ModelLoader.load(two.directory(), library.device().load());
        ProgressDisplay progress =
            console.progress("Comparing distributions", texts.size(), "phrases")) {
      return table.with(
          new PairDivergences(corpora.store()).run(a, b, texts, progress).columns(table));
    }
  }
}
