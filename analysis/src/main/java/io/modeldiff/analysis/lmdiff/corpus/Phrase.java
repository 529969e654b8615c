package io.modeldiff.analysis.lmdiff.corpus;

import java.util.List;

/**
 * One text of a corpus.
 *
 * @param text the text, one line in dataset files
 * @param columns values of the corpus' metadata columns, in their order; empty strings where absent
 */
public record Phrase(String text, List<String> columns) {
  /** A text without metadata. */
  public static Phrase of(String text) {
    return new Phrase(text, List.of());
  }
}
