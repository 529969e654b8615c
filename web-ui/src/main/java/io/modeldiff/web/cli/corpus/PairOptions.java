package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.cache.CacheCorpus;
import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.analysis.lmdiff.format.AnalysisCacheFile;
import io.modeldiff.analysis.lmdiff.measure.TokenDifferences;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.options.ModelPairOptions;
import io.modeldiff.web.cli.options.ServerOptions;
import io.modeldiff.web.corpus.ComparedCorpus;
import io.modeldiff.web.corpus.ComparedPair;
import io.modeldiff.web.corpus.CorpusWork;
import io.modeldiff.web.corpus.Pairing;
import io.modeldiff.web.corpus.PhraseQuery;
import io.modeldiff.web.platform.Corpora.Analyst;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.remote.RemoteControl;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

  /**
   * Compares, after what is not analyzed yet: on the platform that runs already, else on one of
   * this command's own.
   */
  ComparedCorpus compare(
      Console console, ServerOptions server, PhraseQuery phrases, ComparedCorpus.Summary summary) {
    if (models.a().endsWith(CACHE_FILE) && models.b().endsWith(CACHE_FILE)) {
      return files(console, phrases, summary);
    }
    String name = corpus();
    Pairing how = new Pairing(models.a(), models.b(), clamp, compat, divergences);
    Optional<RemoteControl> running = library.working(server);
    if (running.isPresent()) {
      RemoteControl platform = running.get();
      platform.requireCorpus(name);
      platform.requireModels(List.of(how.a(), how.b()));
      return new RemoteWork(console, platform)
          .await(platform.compare(name, how, phrases, summary), ComparedCorpus.class);
    }
    Analyst one = library.analyst(how.a());
    Analyst two = library.analyst(how.b());
    try (RunningPlatform platform = library.open(console)) {
      Corpus texts = platform.corpora().openOrRead(name);
      return library
          .work(platform, console, "compare")
          .compare(texts, one, two, how, pair -> ComparedCorpus.of(pair, phrases, summary));
    }
  }

  private String corpus() {
    if (corpus == null) {
      throw UserException.badInput("Say which texts: --corpus NAME or --corpus FILE.");
    }
    return corpus;
  }

  private ComparedCorpus files(
      Console console, PhraseQuery phrases, ComparedCorpus.Summary summary) {
    if (divergences) {
      throw UserException.badInput(
          "--divergences needs both models; analysis cache files hold only what was scored.");
    }
    try (AnalysisCacheFile a = AnalysisCacheFile.open(Path.of(models.a()));
        AnalysisCacheFile b = AnalysisCacheFile.open(Path.of(models.b()))) {
      return ComparedCorpus.of(
          new ComparedPair(
              a.header().modelName(),
              b.header().modelName(),
              new CacheCorpus(a),
              CorpusWork.table(a, b, clamp, console::progress)),
          phrases,
          summary);
    }
  }
}
