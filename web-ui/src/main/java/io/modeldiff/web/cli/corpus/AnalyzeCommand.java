package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.cache.CacheAnalysis;
import io.modeldiff.analysis.lmdiff.cache.ChunkedCache;
import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import io.modeldiff.analysis.lmdiff.cache.ScoringRules;
import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.platform.Corpora;
import io.modeldiff.web.platform.Corpora.Analyst;
import io.modeldiff.web.platform.RunningPlatform;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

  @Mixin private LibraryOptions library = new LibraryOptions();

  AnalyzeCommand(Console console) {
    super(console);
  }

  /** A phrase that could not be scored. */
  record Fault(int phrase, String reason) {}

  /**
   * One model's analysis.
   *
   * @param found phrases whose scores were there before
   * @param meanNll mean over phrases of the mean surprisal, nats per token
   * @param bitsPerByte total surprisal per UTF-8 byte of the scored phrases
   */
  record Summary(
      String model,
      int phrases,
      int found,
      long tokens,
      @Nullable Double meanNll,
      @Nullable Double bitsPerByte,
      List<Fault> faults) {}

  /** The document. */
  record Result(String corpus, List<Summary> results) {}

  @Override
  protected void run() {
    List<Analyst> analysts = models.stream().map(library::analyst).toList();
    ScoringRules rules = new ScoringRules(compat, stride);
    try (RunningPlatform platform = library.open(console())) {
      Corpora corpora = platform.corpora();
      Corpus texts = corpora.openOrRead(corpus);
      List<Summary> summaries = new ArrayList<>();
      for (Analyst analyst : analysts) {
        int before = texts.size() - missing(corpora.cache(analyst, texts, rules, topK));
        try (ChunkedCache cache = Analyzing.run(console(), corpora, analyst, texts, rules, topK)) {
          summaries.add(summary(analyst.name(), before, cache));
        }
      }
      print(new Result(texts.info().name(), summaries));
    }
  }

  private static int missing(ChunkedCache cache) {
    int chunk = cache.manifest().chunk();
    return cache.missing().stream().mapToInt(c -> Math.min(chunk, cache.size() - c * chunk)).sum();
  }

  private static Summary summary(String name, int found, ChunkedCache cache) {
    List<Fault> faults = new ArrayList<>();
    double means = 0;
    double nats = 0;
    long tokens = 0;
    long bytes = 0;
    int scored = 0;
    for (int i = 0; i < cache.size(); i++) {
      PhraseScores p = cache.get(i);
      if (p.fault().isPresent()) {
        faults.add(new Fault(i, p.fault().get()));
      } else {
        scored++;
        tokens += p.length();
        nats += p.surprisal();
        means += p.surprisal() / p.length();
        bytes += p.phrase().getBytes(StandardCharsets.UTF_8).length;
      }
    }
    return new Summary(
        name,
        cache.size(),
        found,
        tokens,
        scored == 0 ? null : means / scored,
        scored == 0 ? null : nats / Math.log(2) / bytes,
        faults);
  }

  private void print(Result result) {
    if (json()) {
      JsonDocument.print(console(), result);
      return;
    }
    for (Summary s : result.results()) {
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
