package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.cache.CacheAnalysis;
import io.modeldiff.analysis.lmdiff.cache.ChunkedCache;
import io.modeldiff.analysis.lmdiff.cache.ScoringRules;
import io.modeldiff.analysis.lmdiff.corpus.CorpusInfo;
import io.modeldiff.analysis.lmdiff.library.Analyses;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code modeldiff corpus list}. */
@Command(name = "list", description = "List corpora and the models that analyzed them.")
final class ListCommand extends ResultCommand {
  @Mixin private LibraryOptions library = new LibraryOptions();

  ListCommand(Console console) {
    super(console);
  }

  /** One analysis of a corpus. */
  record Analysis(String corpus, String model, String rules, boolean complete) {}

  /** The document. */
  record Listing(List<CorpusInfo> corpora, List<Analysis> analyses) {}

  @Override
  protected void run() {
    List<Analysis> analyses =
        new Analyses(library.store(), ScoringRules.STANDARD, CacheAnalysis.TOP_K)
            .list().stream().map(ListCommand::analysis).toList();
    Listing listing = new Listing(library.library().list(), analyses);
    if (json()) {
      JsonDocument.print(console(), listing);
      return;
    }
    if (listing.corpora().isEmpty()) {
      console().note("No corpora yet; add one with modeldiff corpus add FILE.");
    }
    listing.corpora().forEach(info -> console().out().println(AddCommand.line(info)));
    analyses.forEach(
        a ->
            console()
                .out()
                .println(
                    "  "
                        + a.corpus()
                        + " analyzed with "
                        + a.model()
                        + " ("
                        + a.rules()
                        + (a.complete() ? ")" : ", not complete)")));
  }

  private static Analysis analysis(ChunkedCache cache) {
    return new Analysis(
        cache.header().datasetName(),
        cache.header().modelName(),
        cache.manifest().rules(),
        cache.complete());
  }
}
