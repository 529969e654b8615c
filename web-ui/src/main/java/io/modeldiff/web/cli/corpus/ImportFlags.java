package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.corpus.FileFormat;
import io.modeldiff.analysis.lmdiff.corpus.ImportOptions;
import io.modeldiff.analysis.lmdiff.corpus.Recipe;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a corpus file is read. */
final class ImportFlags {
  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The corpus' name (default: the header's, else the file's).")
  private @Nullable String name;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "human_created or machine_generated.")
  private @Nullable String type;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "txt, jsonl, csv, tsv or parquet (default: by the file's extension).")
  private @Nullable String format;

  @Option(
      names = "--text",
      paramLabel = "TEMPLATE",
      description =
          "What a record's phrase is, fields in braces, e.g. \"{question}? {answer}\"; repeat for several phrases per record (default: {text}).")
  private List<String> texts = List.of();

  @Option(
      names = "--keep",
      paramLabel = "FIELD",
      description = "A field to keep as metadata, for slices; repeat for more.")
  private List<String> keep = List.of();

  @Option(
      names = "--recipe",
      paramLabel = "RECIPE",
      description =
          "How to read a published data set: winobias, winobias-addendum, commonsenseqa, mrpc, gpt2-gen, short-jokes, biolang.")
  private @Nullable String recipe;

  @Option(
      names = "--max-phrases",
      paramLabel = "N",
      description = "The most phrases allowed (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + ImportOptions.MAX_PHRASES)
  private int maxPhrases = ImportOptions.MAX_PHRASES;

  @Option(
      names = "--max-chars",
      paramLabel = "N",
      description = "The most characters allowed in a phrase (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + ImportOptions.MAX_CHARS)
  private int maxChars = ImportOptions.MAX_CHARS;

  @Mixin private BadLinesOption badLines = new BadLinesOption();

  /** The name, or the file's without its ending. */
  String nameOf(Path file) {
    String whole = file.getFileName().toString();
    return name != null ? name : whole.replaceFirst("\\.[^.]*$", "");
  }

  /**
   * The text of a file that a platform can read as it is.
   *
   * @throws UserException when the file or the options ask for more
   */
  String plainText(Path file) {
    ImportOptions options = options();
    boolean plain =
        FileFormat.of(file, options.format()) == FileFormat.TEXT
            && recipe == null
            && type == null
            && texts.isEmpty()
            && keep.isEmpty()
            && !badLines.skip();
    if (!plain) {
      throw UserException.badInput(
          "A running platform takes plain text, one phrase a line, and LMdiff's dataset files; for"
              + " other formats and import options stop it and run this command on its data"
              + " directory.");
    }
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw UserException.failed(file + " cannot be read as UTF-8 text: " + e.getMessage(), e);
    }
  }

  ImportOptions options() {
    ImportOptions plain = ImportOptions.DEFAULTS;
    if (recipe != null) {
      plain = Recipe.named(recipe).apply(plain);
    }
    return new ImportOptions(
        format == null ? plain.format() : Optional.of(FileFormat.named(format)),
        Optional.ofNullable(name),
        Optional.ofNullable(type),
        texts.isEmpty() ? plain.texts() : texts,
        keep.isEmpty() ? plain.columns() : keep,
        plain.transform(),
        maxPhrases,
        maxChars,
        badLines.skip());
  }
}
