package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.cache.CacheAnalysis;
import io.modeldiff.analysis.lmdiff.cache.CacheHeader;
import io.modeldiff.analysis.lmdiff.cache.ChunkedCache;
import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import io.modeldiff.analysis.lmdiff.cache.ScoringRules;
import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.analysis.lmdiff.format.AnalysisCacheWriter;
import io.modeldiff.analysis.lmdiff.library.Analyses;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.web.cli.ModelNames;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.console.ProgressDisplay;
import io.modeldiff.web.cli.options.DeviceOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
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

  @Option(
      names = "--h5",
      paramLabel = "FILE",
      description = "Also write the analysis as the original tool's HDF5 file (one model).")
  private @Nullable Path h5;

  @Mixin private LibraryOptions library = new LibraryOptions();

  @Mixin private DeviceOptions device = new DeviceOptions();

  AnalyzeCommand(Console console) {
    super(console);
  }

  /** A phrase that could not be scored. */
  record Fault(int phrase, String reason) {}

  /**
   * One model's analysis.
   *
   * @param meanNll mean over phrases of the mean surprisal, nats per token
   * @param bitsPerByte total surprisal per UTF-8 byte of the scored phrases
   */
  record Summary(
      String model,
      int phrases,
      long tokens,
      double meanNll,
      double bitsPerByte,
      List<Fault> faults) {}

  /** The document. */
  record Result(String corpus, List<Summary> results) {}

  @Override
  protected void run() throws IOException {
    Corpus texts = library.corpus(corpus);
    Analyses analyses = new Analyses(library.store(), new ScoringRules(compat, stride), topK);
    List<Summary> summaries = new ArrayList<>();
    for (String name : models) {
      try (LanguageModel model = ModelNames.load(name, device.load());
          ChunkedCache cache = analyze(analyses, model, name, texts)) {
        summaries.add(summary(name, cache));
        if (h5 != null) {
          export(cache, h5);
        }
      }
    }
    print(new Result(texts.info().name(), summaries));
  }

  private ChunkedCache analyze(Analyses analyses, LanguageModel model, String name, Corpus texts) {
    try (ProgressDisplay progress =
        console().progress("Analyzing with " + name, texts.size(), "phrases")) {
      ChunkedCache cache = analyses.analyze(model, name, texts, progress);
      if (!cache.complete()) {
        throw new CancellationException("Stopped on request.");
      }
      return cache;
    }
  }

  private static Summary summary(String name, ChunkedCache cache) {
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
        bytes += p.phrase().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
      }
    }
    return new Summary(
        name, cache.size(), tokens, means / scored, nats / Math.log(2) / bytes, faults);
  }

  private static void export(ChunkedCache cache, Path file) throws IOException {
    CacheHeader header = cache.header();
    try (AnalysisCacheWriter writer = new AnalysisCacheWriter(file, header, cache.vocabulary())) {
      for (int i = 0; i < cache.size(); i++) {
        PhraseScores p = cache.get(i);
        if (p.fault().isEmpty()) {
          writer.add(p);
        }
      }
      writer.finish();
    }
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
              "%s by %s: %,d phrases, %,d tokens, mean NLL %.4f nats/token, %.4f bits/byte%n",
              result.corpus(), s.model(), s.phrases(), s.tokens(), s.meanNll(), s.bitsPerByte());
      s.faults()
          .forEach(
              f ->
                  console().out().println("  phrase " + f.phrase() + " skipped: it " + f.reason()));
    }
  }
}
