package io.modeldiff.core.lm;

import java.util.Map;
import java.util.Set;

/** Text to token ids and back, as the model's tokenizer.json says. Thread-safe. */
public interface Tokenizer {
  /** Token ids of a text, no special tokens added. */
  int[] encode(String text);

  /** Token ids with, for each token, the character range [start, end) of the text it came from. */
  Encoded encodeWithSpans(String text);

  /** The text of token ids, special tokens included. */
  String decode(int[] ids);

  /** The vocabulary string of one id, e.g. {@code Ġthe}; empty when the id has none. */
  String token(int id);

  /** Number of entries, added tokens included. */
  int size();

  /** Token string to id, added tokens included. */
  Map<String, Integer> vocabulary();

  /** Ids of special tokens (BOS, EOS, PAD, MASK, ...). */
  Set<Integer> specialIds();

  /**
   * Ids and spans of a text.
   *
   * @param ids token ids
   * @param starts first UTF-16 index of each token's text
   * @param ends index after its last
   */
  record Encoded(int[] ids, int[] starts, int[] ends) {}
}
