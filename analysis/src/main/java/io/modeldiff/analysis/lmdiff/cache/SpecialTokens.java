package io.modeldiff.analysis.lmdiff.cache;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import java.util.Map;

/**
 * The special tokens of a masked model.
 *
 * @param cls begins a text
 * @param sep ends it
 * @param mask stands for a hidden token
 */
public record SpecialTokens(int cls, int sep, int mask) {
  /** By the names that BERT-like tokenizers give them. */
  public static SpecialTokens of(LanguageModel model) {
    Map<String, Integer> vocabulary = model.tokenizer().vocabulary();
    return new SpecialTokens(
        id(model, vocabulary, "[CLS]"),
        id(model, vocabulary, "[SEP]"),
        id(model, vocabulary, "[MASK]"));
  }

  /** The model's inputs for a text. */
  public int[] around(int[] text) {
    int[] input = new int[text.length + 2];
    input[0] = cls;
    System.arraycopy(text, 0, input, 1, text.length);
    input[text.length + 1] = sep;
    return input;
  }

  private static int id(LanguageModel model, Map<String, Integer> vocabulary, String token) {
    Integer id = vocabulary.get(token);
    if (id == null) {
      throw UserException.badInput(
          "The vocabulary of masked model " + model.info().name() + " has no token " + token + ".");
    }
    return id;
  }
}
