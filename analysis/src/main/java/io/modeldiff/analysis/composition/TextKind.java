package io.modeldiff.analysis.composition;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Kinds of text, each by one simple rule that a reader can check. A text can be of several kinds.
 */
public enum TextKind {
  /** At least 12% of the visible characters are one of {@code {}()[]<>;=_\|/&$#*+"}. */
  CODE,
  /** At least 30% of the visible characters are digits. */
  DIGITS,
  /** Holds {@code ://}, {@code www.} or a name ending in .com, .org, .net, .io, .edu or .gov. */
  URL,
  /** At least 30% of the token pairs already occurred in the text. */
  REPETITION,
  /**
   * Not code; most letters are Latin; at least 20% of its five or more words are common English.
   */
  ENGLISH,
  /** Most letters are Latin, but it is not English by the rule above. */
  OTHER_LATIN,
  /** Most letters are of another script. */
  OTHER_SCRIPT;

  private static final String CODE_CHARACTERS = "{}()[]<>;=_\\|/&$#*+\"";
  private static final Pattern ADDRESS =
      Pattern.compile("://|\\bwww\\.|\\b[\\w-]+\\.(com|org|net|io|edu|gov)\\b");
  private static final Set<String> COMMON =
      Set.of(
          "the", "of", "and", "to", "a", "in", "is", "it", "that", "for", "on", "was", "with", "as",
          "he", "she", "be", "at", "by", "his", "her", "are", "from", "this", "had", "not", "but",
          "or", "have", "an", "they", "which", "you", "we", "all", "were", "i", "their", "there",
          "been", "one", "so", "if", "would", "will", "can", "my", "said", "what", "who");

  /**
   * The kinds of a text.
   *
   * @param repetitionShare share of token pairs that already occurred in it
   */
  public static Set<TextKind> of(String text, double repetitionShare) {
    Set<TextKind> kinds = EnumSet.noneOf(TextKind.class);
    int[] visible = text.codePoints().filter(c -> !Character.isWhitespace(c)).toArray();
    long code = count(visible, c -> CODE_CHARACTERS.indexOf(c) >= 0);
    long digits = count(visible, Character::isDigit);
    if (visible.length > 0 && code >= 0.12 * visible.length) {
      kinds.add(CODE);
    }
    if (visible.length > 0 && digits >= 0.30 * visible.length) {
      kinds.add(DIGITS);
    }
    if (ADDRESS.matcher(text.toLowerCase(Locale.ROOT)).find()) {
      kinds.add(URL);
    }
    if (repetitionShare >= 0.30) {
      kinds.add(REPETITION);
    }
    addLanguage(kinds, text, visible);
    return kinds;
  }

  private static void addLanguage(Set<TextKind> kinds, String text, int[] visible) {
    long letters = count(visible, Character::isLetter);
    long latin =
        count(
            visible,
            c ->
                Character.isLetter(c)
                    && Character.UnicodeScript.of(c) == Character.UnicodeScript.LATIN);
    if (letters == 0) {
      return;
    }
    if (2 * latin <= letters) {
      kinds.add(OTHER_SCRIPT);
      return;
    }
    long words = 0;
    long common = 0;
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}']+", -1)) {
      words += word.isEmpty() ? 0 : 1;
      common += COMMON.contains(word) ? 1 : 0;
    }
    kinds.add(
        !kinds.contains(CODE) && words >= 5 && common >= 0.20 * words ? ENGLISH : OTHER_LATIN);
  }

  private static long count(int[] characters, java.util.function.IntPredicate rule) {
    return java.util.Arrays.stream(characters).filter(rule).count();
  }
}
