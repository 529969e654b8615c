package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.cache.CacheAnalysis;
import io.modeldiff.analysis.lmdiff.cache.ChunkedCache;
import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import io.modeldiff.analysis.lmdiff.cache.ScoringRules;
import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.analysis.lmdiff.format.AnalysisCacheWriter;
import io.modeldiff.analysis.lmdiff.format.ComparisonCsv;
import io.modeldiff.analysis.lmdiff.format.ConfigDirectory;
import io.modeldiff.analysis.lmdiff.measure.TokenDifferences;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.platform.Corpora;
import io.modeldiff.web.platform.RunningPlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code modeldiff corpus export-cache}. */
@Command(
    name = "export-cache",
    description =
        "Write analyses as LMdiff's files: one model's as .h5, two models' comparison as .csv, or"
            + " both models' as a configuration directory that LMdiff and 'serve --lmdiff-config'"
            + " open.")
final class ExportCacheCommand extends ResultCommand {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "M",
      description = "Model: name or directory; twice for a comparison, model 1 first.")
  private List<String> models = List.of();

  @Option(
      names = "--corpus",
      required = true,
      paramLabel = "CORPUS",
      description = "Corpus: name, or the file that was analyzed.")
  private String corpus = "";

  @Option(names = "--h5", paramLabel = "FILE", description = "Write one model's analysis here.")
  private @Nullable Path h5;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write two models' comparison here.")
  private @Nullable Path csv;

  @Option(
      names = "--output-dir",
      paramLabel = "OUT",
      description = "Write two models' configuration directory here.")
  private @Nullable Path output;

  @Option(names = "--compat", description = "The analyses made with --compat, or imported ones.")
  private boolean compat;

  @Mixin private LibraryOptions library = new LibraryOptions();

  ExportCacheCommand(Console console) {
    super(console);
  }

  /** The document. */
  record Result(List<String> files, int phrases) {}

  @Override
  protected void run() throws IOException {
    requireShape();
    List<ChunkedCache> caches = new ArrayList<>();
    try (RunningPlatform platform = library.open(console())) {
      Corpora corpora = platform.corpora();
      Corpus texts = corpora.openOrRead(corpus);
      for (String model : models) {
        caches.add(cache(corpora, texts, model));
      }
      print(write(caches));
    }
  }

  private void requireShape() {
    boolean one = models.size() == 1 && h5 != null && csv == null && output == null;
    boolean two = models.size() == 2 && h5 == null && (csv != null || output != null);
    if (!one && !two) {
      throw UserException.badInput(
          "Give --model once with --h5 FILE, or twice with --csv FILE or --output-dir OUT.");
    }
  }

  private ChunkedCache cache(Corpora corpora, Corpus texts, String model) {
    ScoringRules rules = compat ? ScoringRules.COMPAT : ScoringRules.STANDARD;
    return corpora
        .analysed(library.analyst(model), texts, rules, CacheAnalysis.TOP_K)
        .orElseThrow(
            () ->
                UserException.badInput(
                    "Corpus "
                        + texts.info().name()
                        + " has no complete analysis by "
                        + model
                        + (compat ? " with --compat" : "")
                        + "; run corpus analyze first."));
  }

  private Result write(List<ChunkedCache> caches) throws IOException {
    if (h5 != null) {
      return single(caches.get(0), h5);
    }
    ChunkedCache a = caches.get(0);
    ChunkedCache b = caches.get(1);
    List<String> files = new ArrayList<>();
    if (csv != null) {
      ComparisonCsv.write(csv, a, b, TokenDifferences.DEFAULT_CLAMP);
      files.add(csv.toString());
    }
    if (output != null) {
      Files.createDirectories(output);
      ConfigDirectory.write(output, a, b, TokenDifferences.DEFAULT_CLAMP)
          .forEach(file -> files.add(file.toString()));
    }
    return new Result(files, a.size());
  }

  private Result single(ChunkedCache cache, Path file) throws IOException {
    int written = 0;
    try (AnalysisCacheWriter writer =
        new AnalysisCacheWriter(file, cache.header(), cache.vocabulary())) {
      for (int i = 0; i < cache.size(); i++) {
        PhraseScores scores = cache.get(i);
        if (scores.length() > 0) {
          writer.add(scores);
          written++;
        } else {
          console()
              .note(
                  "Phrase "
                      + i
                      + " was left out: it "
                      + scores.fault().orElse("has no tokens")
                      + "; the phrases after it move up by one.");
        }
      }
      writer.finish();
    }
    return new Result(List.of(file.toString()), written);
  }

  private void print(Result result) {
    if (json()) {
      JsonDocument.print(console(), result);
    } else {
      result.files().forEach(console().out()::println);
    }
  }
}
