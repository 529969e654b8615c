package io.modeldiff.web.compare;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.Tokenizer;
import java.util.Map;
import java.util.TreeMap;

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
    Tokenizer first = a.tokenizer();
    Tokenizer second = b.tokenizer();
    Map<String, Integer> mine = new TreeMap<>(first.vocabulary());
    Map<String, Integer> other = second.vocabulary();
    for (Map.Entry<String, Integer> entry : mine.entrySet()) {
      if (!entry.getValue().equals(other.get(entry.getKey()))) {
        throw different(
            a,
            b,
            "token '"
                + entry.getKey()
                + "' is "
                + entry.getValue()
                + " in one and "
                + (other.containsKey(entry.getKey()) ? other.get(entry.getKey()) : "missing")
                + " in the other");
      }
    }
    if (other.size() != mine.size()) {
      throw different(a, b, "they have " + mine.size() + " and " + other.size() + " entries");
    }
  }

  private static UserException different(ModelDirectory a, ModelDirectory b, String how) {
    return UserException.badInput(
        "The models "
            + a.path().getFileName()
            + " and "
            + b.path().getFileName()
            + " have different tokenizers ("
            + how
            + "), so they have no common input space; compare them text by text with 'modeldiff"
            + " score --diff' instead.");
  }
}
