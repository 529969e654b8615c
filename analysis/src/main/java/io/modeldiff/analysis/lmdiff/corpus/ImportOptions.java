package io.modeldiff.analysis.lmdiff.corpus;

import java.util.List;
import java.util.Optional;

/**
 * How to read a corpus file.
 *
 * @param format the file's format; empty = by its extension
 * @param name the corpus' name; empty = the header's, else the file's stem
 * @param type {@code human_created} or {@code machine_generated}; empty = the header's
 * @param texts templates of the phrases each record gives, e.g. {@code {question}? {answer}}; empty
 *     = column {@code text}
 * @param columns record fields to keep as metadata
 * @param transform what to do with each phrase
 * @param maxPhrases the most phrases to take; more is an error unless bad lines are skipped
 * @param maxChars the longest phrase allowed, in UTF-16 units
 * @param skipBad leave out bad lines with a warning instead of refusing the file
 */
public record ImportOptions(
    Optional<FileFormat> format,
    Optional<String> name,
    Optional<String> type,
    List<String> texts,
    List<String> columns,
    Transform transform,
    int maxPhrases,
    int maxChars,
    boolean skipBad) {

  /** Room for a corpus like BioLang. */
  public static final int MAX_PHRASES = 20_000_000;

  /** Longer lines are hardly phrases. */
  public static final int MAX_CHARS = 100_000;

  /** Everything by the file itself. */
  public static final ImportOptions DEFAULTS =
      new ImportOptions(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          Transform.NONE,
          MAX_PHRASES,
          MAX_CHARS,
          false);

  /** The same with another name. */
  public ImportOptions named(String newName) {
    return new ImportOptions(
        format,
        Optional.of(newName),
        type,
        texts,
        columns,
        transform,
        maxPhrases,
        maxChars,
        skipBad);
  }

  /** The same, leaving out bad lines. */
  public ImportOptions skippingBad() {
    return new ImportOptions(
        format, name, type, texts, columns, transform, maxPhrases, maxChars, true);
  }

  /** The same with other templates, metadata columns and format. */
  public ImportOptions records(FileFormat newFormat, List<String> newTexts, List<String> keep) {
    return new ImportOptions(
        Optional.of(newFormat),
        name,
        type,
        newTexts,
        keep,
        transform,
        maxPhrases,
        maxChars,
        skipBad);
  }

  /** The same with a transform. */
  public ImportOptions transforming(Transform newTransform) {
    return new ImportOptions(
        format, name, type, texts, columns, newTransform, maxPhrases, maxChars, skipBad);
  }

  /** The same with other limits. */
  public ImportOptions limited(int phrases, int chars) {
    return new ImportOptions(
        format, name, type, texts, columns, transform, phrases, chars, skipBad);
  }
}
