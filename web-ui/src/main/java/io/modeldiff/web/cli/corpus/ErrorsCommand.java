package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.comparison.DatasetErrors;
import io.modeldiff.analysis.lmdiff.comparison.DatasetErrors.Finding;
import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.analysis.lmdiff.corpus.ImportOptions;
import io.modeldiff.analysis.lmdiff.corpus.ListCorpus;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.platform.RunningPlatform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code modeldiff corpus errors}. */
@Command(
    name = "errors",
    description =
        "Phrases that look like mistakes of the data: repetition, broken encoding, control characters, duplicates.")
final class ErrorsCommand extends ResultCommand {
  @Option(
      names = "--corpus",
      required = true,
      paramLabel = "CORPUS",
      description = "Corpus: name or file.")
  private String corpus = "";

  @Mixin private LibraryOptions library = new LibraryOptions();

  ErrorsCommand(Console console) {
    super(console);
  }

  /** The document. */
  record Result(String corpus, int phrases, List<Shown> errors) {}

  /** A finding with its text. */
  record Shown(int phrase, String kind, double severity, String detail, String text) {}

  @Override
  protected void run() {
    if (Files.isRegularFile(Path.of(corpus))) {
      print(ListCorpus.read(Path.of(corpus), ImportOptions.DEFAULTS));
      return;
    }
    try (RunningPlatform platform = library.open(console())) {
      print(platform.corpora().open(corpus));
    }
  }

  private void print(Corpus texts) {
    List<Shown> errors = DatasetErrors.find(texts).stream().map(f -> shown(f, texts)).toList();
    if (json()) {
      JsonDocument.print(console(), new Result(texts.info().name(), texts.size(), errors));
      return;
    }
    errors.forEach(
        e ->
            console()
                .out()
                .printf(
                    "%-18s #%-6d %s: %s%n",
                    e.kind(), e.phrase(), e.detail(), Views.shown(e.text())));
    console().note(errors.size() + " findings in " + texts.size() + " phrases.");
  }

  private static Shown shown(Finding f, Corpus texts) {
    return new Shown(
        f.phrase(),
        f.kind().name().toLowerCase(java.util.Locale.ROOT),
        f.severity(),
        f.detail(),
        texts.get(f.phrase()).text());
  }
}
