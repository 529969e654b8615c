package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.corpus.CorpusInfo;
import io.modeldiff.analysis.lmdiff.corpus.ImportOptions;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.cli.ResultCommand;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import io.modeldiff.web.platform.RunningPlatform;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code modeldiff corpus add}. */
@Command(
    name = "add",
    description =
        "Import a corpus: LMdiff's dataset files, plain text (one phrase a line), JSON lines, CSV, TSV or Parquet.")
final class AddCommand extends ResultCommand {
  @Parameters(paramLabel = "FILE", description = "The file to read.")
  private Path file = Path.of("");

  @Mixin private ImportFlags flags = new ImportFlags();

  @Mixin private LibraryOptions library = new LibraryOptions();

  AddCommand(Console console) {
    super(console);
  }

  @Override
  protected void run() {
    ImportOptions options = flags.options();
    requireFile(file);
    CorpusInfo info;
    try (RunningPlatform platform = library.open(console())) {
      info = platform.corpora().add(file, options, LibraryOptions.cause("add"));
    }
    info.warnings().forEach(w -> console().note("Note: " + w));
    if (json()) {
      JsonDocument.print(console(), info);
    } else {
      console().out().println(line(info));
    }
  }

  // Before a platform is started for nothing.
  private static void requireFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw UserException.badInput("There is no corpus file at " + file + ".");
    }
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
