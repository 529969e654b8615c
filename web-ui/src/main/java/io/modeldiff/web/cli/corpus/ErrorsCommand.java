package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.analysis.lmdiff.corpus.ImportOptions;
import io.modeldiff.analysis.lmdiff.corpus.ListCorpus;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.options.ServerOptions;
import io.modeldiff.web.corpus.SuspectPhrases;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.remote.RemoteControl;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
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
      description = "Corpus: name or file; a file needs no platform.")
  private String corpus = "";

  @Mixin private ServerOptions server = new ServerOptions();

  @Mixin private LibraryOptions library = new LibraryOptions();

  ErrorsCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    print(isFile() ? SuspectPhrases.of(read()) : ofRegistered());
  }

  private boolean isFile() {
    try {
      return Files.isRegularFile(Path.of(corpus));
    } catch (InvalidPathException e) {
      return false; // a name that no file system allows is certainly no file
    }
  }

  private Corpus read() {
    return ListCorpus.read(Path.of(corpus), ImportOptions.DEFAULTS);
  }

  private SuspectPhrases ofRegistered() {
    Optional<RemoteControl> running = library.running(server);
    if (running.isPresent()) {
      RemoteControl platform = running.get();
      platform.requireCorpus(corpus);
      return new RemoteWork(console(), platform)
          .await(platform.errors(corpus), SuspectPhrases.class);
    }
    try (RunningPlatform platform = library.open(console())) {
      return SuspectPhrases.of(platform.corpora().open(corpus));
    }
  }

  private void print(SuspectPhrases found) {
    if (json()) {
      JsonDocument.print(console(), found);
      return;
    }
    found
        .errors()
        .forEach(
            e ->
                console()
                    .out()
                    .printf(
                        "%-18s #%-6d %s: %s%n",
                        e.kind(), e.phrase(), e.detail(), Views.shown(e.text())));
    console().note(found.errors().size() + " findings in " + found.phrases() + " phrases.");
  }
}
