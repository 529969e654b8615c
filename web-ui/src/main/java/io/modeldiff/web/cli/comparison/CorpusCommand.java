package io.modeldiff.web.cli.comparison;

import io.modeldiff.analysis.lmdiff.corpus.ImportOptions;
import io.modeldiff.analysis.lmdiff.corpus.ListCorpus;
import io.modeldiff.analysis.lmdiff.corpus.Phrase;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.result.corpus.CorpusDocument;
import io.modeldiff.web.result.corpus.CorpusQuery;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code modeldiff comparison corpus}. */
@Command(
    name = "corpus",
    description =
        "A fixed corpus as the input space, each distinct text counted once, beside the sampled"
            + " result: how many texts lie in Z, PD/PA, the histogram of D, the texts with the largest"
            + " |D|. A text's z is its mean NLL over its own tokens.")
final class CorpusCommand extends ResultCommand {
  @Parameters(paramLabel = "ID", description = "The comparison's id, or the beginning of it.")
  private String id = "";

  @Option(
      names = "--corpus",
      required = true,
      paramLabel = "CORPUS",
      description = "Corpus: a registered one's name, or a file.")
  private String corpus = "";

  @Option(
      names = "--lambda",
      paramLabel = "L",
      description = "Threshold, nats per token (default: the comparison's own).")
  private @Nullable Double lambda;

  @Option(
      names = "--any-z",
      description = "Over all texts, instead of those that a model finds likely (z in Z).")
  private boolean anyZ;

  @Option(
      names = "--first-tokens",
      description =
          "Cut each text to its first N tokens, N as in the comparison, and leave out shorter ones:"
              + " then every text is one of the comparison's inputs.")
  private boolean firstTokens;

  @Option(
      names = "--limit",
      paramLabel = "K",
      description = "Texts to list (default: " + CorpusQuery.LISTED + ").")
  private @Nullable Integer limit;

  @Mixin private ShelfOptions where = new ShelfOptions();

  CorpusCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    CorpusQuery query = query();
    try (Shelf shelf = where.open(console())) {
      CorpusDocument document = shelf.corpus(shelf.find(id), query);
      if (json()) {
        JsonDocument.print(console(), document);
      } else {
        console().out().print(CorpusText.of(document));
        console().out().flush();
      }
    }
  }

  private CorpusQuery query() {
    if (!isFile(corpus)) {
      return new CorpusQuery(corpus, null, lambda, anyZ, firstTokens, limit);
    }
    ListCorpus read = ListCorpus.read(Path.of(corpus), ImportOptions.DEFAULTS);
    List<String> texts = read.phrases().stream().map(Phrase::text).toList();
    return new CorpusQuery(read.info().name(), texts, lambda, anyZ, firstTokens, limit);
  }

  private static boolean isFile(String name) {
    try {
      return Files.isRegularFile(Path.of(name));
    } catch (InvalidPathException e) {
      return false; // a name that no file system allows is certainly no file
    }
  }
}
