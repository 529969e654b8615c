package io.modeldiff.web.compare;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.VocabularyDifference;

/**
 * Two models that are to be compared over one input space.
 *
 * @param a the first
 * @param b the second
 */
public record Pair(ModelDirectory a, ModelDirectory b) {
  public Pair {
    requireOneVocabulary(a, b);
  }

  private static void requireOneVocabulary(ModelDirectory a, ModelDirectory b) {
    VocabularyDifference.first(name(a), a.tokenizer(), name(b), b.tokenizer())
        .ifPresent(
            difference -> {
              throw UserException.badInput(
                  difference
                      + " So they have no common input space; compare them text by text with"
                      + " 'modeldiff score --diff' instead.");
            });
  }

  private static String name(ModelDirectory model) {
    return String.valueOf(model.path().getFileName());
  }
}
