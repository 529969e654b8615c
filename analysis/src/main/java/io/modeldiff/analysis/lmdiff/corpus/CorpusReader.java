package io.modeldiff.analysis.lmdiff.corpus;

import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads a corpus file of any known format, phrase by phrase. */
public final class CorpusReader {
  private CorpusReader() {}

  /**
   * Reads a file.
   *
   * @param sink receives the phrases in order
   * @throws io.modeldiff.core.error.UserException naming the file and the bad lines
   */
  public static CorpusInfo read(Path file, ImportOptions options, Consumer<Phrase> sink) {
    if (!Files.isRegularFile(file)) {
      throw UserException.badInput("There is no corpus file at " + file + ".");
    }
    ImportSink checked = new ImportSink(file, options, sink);
    try {
      return switch (FileFormat.of(file, options.format())) {
        case TEXT -> TextDataset.read(checked);
        case JSONL -> JsonLines.read(checked);
        case CSV -> SeparatedValues.read(checked, ',', true);
        case TSV -> SeparatedValues.read(checked, '\t', false);
        case PARQUET -> ParquetRows.read(checked);
      };
    } catch (IOException e) {
      throw UserException.badInput(file + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  /** The file's name without its last extension. */
  public static String stem(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  static CorpusInfo finishRecords(ImportSink sink) {
    return sink.finish(
        sink.options().name().orElse(stem(sink.file())),
        TextDataset.checkedType(sink.file(), sink.options().type().orElse("human_created")),
        Optional.empty());
  }
}
