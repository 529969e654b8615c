package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.cache.ChunkedCache;
import io.modeldiff.analysis.lmdiff.corpus.CorpusInfo;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.options.ServerOptions;
import io.modeldiff.web.platform.Corpora;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.remote.RemoteControl;
import io.modeldiff.web.service.CorpusService;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code modeldiff corpus list}. */
@Command(name = "list", description = "List corpora and the models that analyzed them.")
final class ListCommand extends ResultCommand {
  @Mixin private ServerOptions server = new ServerOptions();

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
    Optional<RemoteControl> running = library.running(server);
    if (running.isPresent()) {
      print(running.get().corpora());
    } else {
      listOwn();
    }
  }

  private void print(List<CorpusService.Corpus> corpora) {
    if (json()) {
      JsonDocument.print(console(), Map.of("corpora", corpora));
    } else {
      corpora.forEach(c -> console().out().println(AddCommand.line(c)));
    }
  }

  private void listOwn() {
    Listing listing;
    try (RunningPlatform platform = library.open(console())) {
      Corpora corpora = platform.corpora();
      listing =
          new Listing(
              corpora.list(), corpora.analyses().stream().map(ListCommand::analysis).toList());
    }
    if (json()) {
      JsonDocument.print(console(), listing);
      return;
    }
    if (listing.corpora().isEmpty()) {
      console().note("No corpora yet; add one with modeldiff corpus add FILE.");
    }
    listing.corpora().forEach(info -> console().out().println(AddCommand.line(info)));
    listing
        .analyses()
        .forEach(
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
