package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.cache.CacheAnalysis;
import io.modeldiff.analysis.lmdiff.cache.ScoringRules;
import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.options.ServerOptions;
import io.modeldiff.web.corpus.AnalyzedCorpus;
import io.modeldiff.web.platform.Corpora.Analyst;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.remote.RemoteControl;
import io.modeldiff.web.service.CorpusService;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code modeldiff corpus analyze}. */
@Command(
    name = "analyze",
    description =
        "Score every token of a corpus with one or more models. Stopped or killed, it goes on where it was when run again.")
final class AnalyzeCommand extends ResultCommand {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = "Model: name or directory; repeat for more.")
  private List<String> models = List.of();

  @Option(
      names = "--corpus",
      required = true,
      paramLabel = "CORPUS",
      description = "Corpus: name or file.")
  private String corpus = "";

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "10",
      description = "Most likely tokens to keep per position (default: ${DEFAULT-VALUE}).")
  private int topK = CacheAnalysis.TOP_K;

  @Option(
      names = "--stride",
      paramLabel = "TOKENS",
      defaultValue = "0",
      description =
          "How far windows over texts longer than the context advance (default: half the context).")
  private int stride;

  @Option(names = "--compat", description = "Score as the original tool does where it differs.")
  private boolean compat;

  @Mixin private ServerOptions server = new ServerOptions();

  @Mixin private LibraryOptions library = new LibraryOptions();

  AnalyzeCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    Optional<RemoteControl> running = library.working(server);
    print(running.isPresent() ? analyzeOn(running.get()) : analyze());
  }

  private AnalyzedCorpus analyzeOn(RemoteControl platform) {
    platform.requireCorpus(corpus);
    platform.requireModels(models);
    CorpusService.AnalysisQuery query =
        new CorpusService.AnalysisQuery(corpus, models, topK, stride, compat);
    return new RemoteWork(console(), platform).await(platform.analyze(query), AnalyzedCorpus.class);
  }

  private AnalyzedCorpus analyze() {
    List<Analyst> analysts = models.stream().map(library::analyst).toList();
    ScoringRules rules = new ScoringRules(compat, stride);
    try (RunningPlatform platform = library.open(console())) {
      Corpus texts = platform.corpora().openOrRead(corpus);
      return library.work(platform, console(), "analyze").analyze(texts, analysts, rules, topK);
    }
  }

  private void print(AnalyzedCorpus result) {
    if (json()) {
      JsonDocument.print(console(), result);
      return;
    }
    for (AnalyzedCorpus.Summary s : result.results()) {
      console()
          .out()
          .printf(
              "%s by %s: %,d phrases (%,d already there), %,d tokens",
              result.corpus(), s.model(), s.phrases(), s.found(), s.tokens());
      console()
          .out()
          .println(
              s.meanNll() == null
                  ? ""
                  : String.format(
                      ", mean NLL %.4f nats/token, %.4f bits/byte", s.meanNll(), s.bitsPerByte()));
      s.faults()
          .forEach(
              f ->
                  console().out().println("  phrase " + f.phrase() + " skipped: it " + f.reason()));
    }
  }
}
