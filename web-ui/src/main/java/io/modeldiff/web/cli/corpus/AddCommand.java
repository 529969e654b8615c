package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.corpus.CorpusInfo;
import io.modeldiff.analysis.lmdiff.corpus.ImportOptions;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.cli.options.ServerOptions;
import io.modeldiff.web.live.RepresentativeCorpus;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.remote.RemoteControl;
import io.modeldiff.web.service.CorpusService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code modeldiff corpus add}. */
@Command(
    name = "add",
    description =
        "Import a corpus: LMdiff's dataset files, plain text (one phrase a line), JSON lines, CSV, TSV or Parquet.")
final class AddCommand extends ResultCommand {
  @Parameters(paramLabel = "FILE", arity = "0..1", description = "The file to read.")
  private @Nullable Path file;

  @Option(
      names = "--comparison",
      paramLabel = "ID",
      description = "Instead of a file: representative inputs of a comparison; needs" + " --name.")
  private @Nullable String comparison;

  @Option(
      names = "--direction",
      paramLabel = "AB|BA",
      defaultValue = "AB",
      description = "With --comparison: inputs that A finds, or that B finds (default: AB).")
  private String direction = "AB";

  @Option(
      names = "--k",
      paramLabel = "K",
      defaultValue = "1000",
      description = "With --comparison: how many inputs at most (default: ${DEFAULT-VALUE}).")
  private int k = 1000;

  @Mixin private ImportFlags flags = new ImportFlags();

  @Mixin private ServerOptions server = new ServerOptions();

  @Mixin private LibraryOptions library = new LibraryOptions();

  AddCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    Optional<RemoteControl> running = library.running(server);
    if (running.isPresent()) {
      addTo(running.get());
      return;
    }
    CorpusInfo info = comparison != null ? addInputs(comparison) : addFile();
    info.warnings().forEach(w -> console().note("Note: " + w));
    if (json()) {
      JsonDocument.print(console(), info);
    } else {
      console().out().println(line(info));
    }
  }

  private void addTo(RemoteControl platform) {
    CorpusService.Corpus added =
        comparison != null
            ? platform.addInputs(nameOfInputs(), comparison, direction, k)
            : platform.addCorpus(flags.nameOf(existing()), flags.plainText(existing()));
    if (json()) {
      JsonDocument.print(console(), added);
    } else {
      console().out().println(line(added));
    }
  }

  private Path existing() {
    if (file == null) {
      throw UserException.badInput("Name a file, or a comparison with --comparison ID.");
    }
    if (!Files.isRegularFile(file)) {
      throw UserException.badInput("There is no corpus file at " + file + ".");
    }
    return file;
  }

  private String nameOfInputs() {
    return flags
        .options()
        .name()
        .orElseThrow(() -> UserException.badInput("Say what to call the inputs: --name NAME."));
  }

  private CorpusInfo addFile() {
    ImportOptions options = flags.options();
    Path texts = existing();
    try (RunningPlatform platform = library.open(console())) {
      return platform.corpora().add(texts, options, LibraryOptions.cause("add"));
    }
  }

  private CorpusInfo addInputs(String id) {
    String name = nameOfInputs();
    try (RunningPlatform platform = library.open(console())) {
      return platform
          .corpora()
          .add(
              RepresentativeCorpus.of(platform, id, direction, k, name),
              "comparison " + id + " " + direction,
              LibraryOptions.cause("add"));
    }
  }

  static String line(CorpusService.Corpus corpus) {
    return String.format(
        "%s: %,d phrases, %s, checksum %s",
        corpus.name(), corpus.phrases(), corpus.type(), corpus.checksum().substring(0, 12));
  }

  static String line(CorpusInfo info) {
    return String.format(
        "%s: %,d phrases, %,d bytes, %s, hash %s%s",
        info.name(),
        info.phrases(),
        info.bytes(),
        info.type(),
        info.hash().substring(0, 12),
        info.columns().isEmpty() ? "" : ", columns " + String.join(", ", info.columns()));
  }
}
