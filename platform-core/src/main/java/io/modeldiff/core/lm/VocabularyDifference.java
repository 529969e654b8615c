package io.modeldiff.core.lm;

import java.util.Optional;

/**
 * Where two vocabularies part: only models whose vocabularies map every token to the same id have a
 * common input space.
 */
public final class VocabularyDifference {
  private VocabularyDifference() {}

  /**
   * The first difference as one sentence; empty when the vocabularies are the same.
   *
   * @param a name of the first model
   * @param b name of the second model
   */
  public static Optional<String> first(String a, Tokenizer one, String b, Tokenizer two) {
    if (one.vocabulary().equals(two.vocabulary())) {
      return Optional.empty();
    }
    int size = Math.max(one.size(), two.size());
    for (int id = 0; id < size; id++) {
      String x = one.token(id);
      String y = two.token(id);
      if (!x.equals(y)) {
        return Optional.of(
            "The vocabularies differ: the first difference is id "
                + id
                + ", which is "
                + shown(x)
                + " in "
                + a
                + " ("
                + one.size()
                + " tokens) and "
                + shown(y)
                + " in "
                + b
                + " ("
                + two.size()
                + " tokens).");
      }
    }
    return Optional.of(
        "The vocabularies of " + a + " and " + b + " differ in tokens without an own id.");
  }

  private static String shown(String token) {
    return token.isEmpty() ? "absent" : "'" + token + "'";
  }
}
