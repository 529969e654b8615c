package io.modeldiff.analysis.lmdiff.instance;

import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.lm.ModelKind;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.core.lm.VocabularyDifference;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether two models can be compared token by token.
 *
 * @param sameTokens whether every token has the same id in both and special tokens agree
 * @param reason one sentence that says why, or what differs first
 */
public record Comparability(boolean sameTokens, String reason) {

  /** Compares vocabularies, special tokens and kinds. */
  public static Comparability of(ModelInfo first, Tokenizer one, ModelInfo second, Tokenizer two) {
    String difference = difference(first.name(), one, second.name(), two);
    if (!difference.isEmpty()) {
      return new Comparability(
          false,
          difference
              + " Token measures (rank, probability, top-k, KL) are of different things; surprisal"
              + " per byte on common character spans is comparable.");
    }
    if (first.kind() != second.kind()) {
      return new Comparability(
          true,
          "The vocabularies are the same, but "
              + (first.kind() == ModelKind.MASKED ? first : second).name()
              + " sees the text on both sides of a token and the other model only what precedes"
              + " it: differences mix that with the models' quality.");
    }
    return new Comparability(
        true, "Both models split every text into the same tokens with the same ids.");
  }

  private static String difference(String a, Tokenizer one, String b, Tokenizer two) {
    Optional<String> vocabulary = VocabularyDifference.first(a, one, b, two);
    if (vocabulary.isPresent()) {
      return vocabulary.get();
    }
    Set<Integer> special = new TreeSet<>(one.specialIds());
    Set<Integer> other = new TreeSet<>(two.specialIds());
    if (!special.equals(other)) {
      Set<Integer> only = new TreeSet<>(special);
      only.removeAll(other);
      boolean inFirst = !only.isEmpty();
      if (!inFirst) {
        only = new TreeSet<>(other);
        only.removeAll(special);
      }
      int id = only.iterator().next();
      return "Token '"
          + one.token(id)
          + "' (id "
          + id
          + ") is special in "
          + (inFirst ? a : b)
          + " and not in "
          + (inFirst ? b : a)
          + ".";
    }
    return "";
  }
}
