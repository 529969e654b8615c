package io.modeldiff.analysis.lmdiff.corpus;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an import does to each phrase of a text file; nothing by default. */
public enum Transform {
  /** As it is. */
  NONE,
  /**
   * WinoBias lines {@code 1 [The developer] argued with … because [she] …}: number and brackets go.
   */
  WINOBIAS,
  /**
   * The same, followed by whom the pronoun refers to (LMdiff, Table 1b): {@code she refers to
   * developer}.
   */
  WINOBIAS_ADDENDUM;

  private static final Pattern NUMBER = Pattern.compile("^\\d+\\s+");
  private static final Pattern BRACKETS = Pattern.compile("\\[([^\\]]*)\\]");
  private static final Pattern ARTICLE = Pattern.compile("^(?i)(the|a|an)\\s+");

  /** The phrase to keep; empty when the line is not of the expected form. */
  Optional<String> apply(String line) {
    return switch (this) {
      case NONE -> Optional.of(line);
      case WINOBIAS -> Optional.of(sentence(line));
      case WINOBIAS_ADDENDUM -> withAddendum(line);
    };
  }

  private static String sentence(String line) {
    return BRACKETS.matcher(NUMBER.matcher(line).replaceFirst("")).replaceAll("$1").strip();
  }

  private static Optional<String> withAddendum(String line) {
    Matcher m = BRACKETS.matcher(line);
    if (!m.find()) {
      return Optional.empty();
    }
    String profession = ARTICLE.matcher(m.group(1).strip()).replaceFirst("");
    if (!m.find()) {
      return Optional.empty();
    }
    String pronoun = m.group(1).strip();
    return Optional.of(sentence(line) + " " + pronoun + " refers to " + profession);
  }
}
