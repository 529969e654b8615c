package io.modeldiff.analysis.lmdiff.corpus;

import io.modeldiff.core.error.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where readers put phrases: checks limits, counts, hashes, and gathers what is wrong by line. */
final class ImportSink {
  private static final int NAMED_PROBLEMS = 10;

  private final Path file;
  private final ImportOptions options;
  private final Consumer<Phrase> target;
  private final CorpusHash hash = new CorpusHash();
  private final List<String> problems = new ArrayList<>();
  private int problemCount;

  ImportSink(Path file, ImportOptions options, Consumer<Phrase> target) {
    this.file = file;
    this.options = options;
    this.target = target;
  }

  ImportOptions options() {
    return options;
  }

  Path file() {
    return file;
  }

  /** Takes a phrase found at a line or row; says false when no more are wanted. */
  boolean add(int line, String text, List<String> columns) {
    Optional<String> kept = options.transform().apply(text);
    if (kept.isEmpty()) {
      problem(line, "has no [profession] and [pronoun] in brackets");
      return true;
    }
    String phrase = kept.get();
    if (phrase.length() > options.maxChars()) {
      problem(
          line,
          "has "
              + phrase.length()
              + " characters, more than the limit of "
              + options.maxChars()
              + " for a phrase");
      return true;
    }
    if (hash.phrases() == options.maxPhrases()) {
      problem(line, "is beyond the limit of " + options.maxPhrases() + " phrases");
      return false;
    }
    hash.add(phrase);
    target.accept(new Phrase(phrase, columns));
    return true;
  }

  /** Notes a bad line. */
  void problem(int line, String what) {
    problemCount++;
    if (problems.size() < NAMED_PROBLEMS) {
      problems.add("line " + line + " " + what);
    }
  }

  /**
   * The corpus' facts; refuses when there were bad lines that may not be skipped, or no phrases.
   */
  CorpusInfo finish(String name, String type, Optional<String> declared) {
    List<String> warnings = new ArrayList<>();
    if (problemCount > 0) {
      String list = String.join("; ", problems) + (problemCount > problems.size() ? "; …" : "");
      if (!options.skipBad()) {
        throw UserException.badInput(
            file
                + ": "
                + list
                + " ("
                + problemCount
                + " bad in all); correct the file or leave such lines out with --skip-bad-lines of corpus"
                + " add and corpus preprocess.");
      }
      warnings.add(problemCount + " bad lines were left out: " + list + ".");
    }
    if (hash.phrases() == 0) {
      throw UserException.badInput(file + " holds no phrases; one a line is expected.");
    }
    String hex = hash.hex();
    if (declared.isPresent() && !declared.get().equals(hex)) {
      warnings.add(
          "The header's checksum "
              + declared.get()
              + " is not that of the phrases ("
              + hex
              + "); the header's is kept, as the original tool does.");
    }
    return new CorpusInfo(
        name,
        type,
        declared.orElse(hex),
        hex,
        hash.phrases(),
        hash.bytes(),
        options.columns(),
        List.copyOf(warnings));
  }
}
