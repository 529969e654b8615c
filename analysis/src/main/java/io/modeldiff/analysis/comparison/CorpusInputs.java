package io.modeldiff.analysis.comparison;

import io.modeldiff.core.space.InputSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The texts of a corpus as inputs: each distinct token sequence once, in the order in which it
 * first appears. Texts have their own lengths, so that z of a text is its mean NLL over its own
 * tokens; or they are cut to their first N tokens, and are inputs of Ω itself.
 *
 * @param ids token ids of each distinct text
 * @param at index in the corpus of the first text with these ids
 * @param repeats texts that repeat an earlier one
 * @param outside texts with a token that the input space does not allow, left out
 * @param tooShort texts without a scored token, or with fewer than N where they are cut, left out
 * @param tooLong texts for which a model has no room, left out
 */
public record CorpusInputs(
    List<int[]> ids, List<Integer> at, int repeats, int outside, int tooShort, int tooLong) {

  /**
   * Takes the texts of a corpus.
   *
   * @param texts token ids of each text
   * @param space whose prefix stands before every text and whose tokens may appear
   * @param positions tokens, prefix included, for which both models have room
   * @param cut whether to take each text's first N tokens
   */
  public static CorpusInputs of(
      Iterable<int[]> texts, InputSpace space, int positions, boolean cut) {
    List<int[]> ids = new ArrayList<>();
    List<Integer> at = new ArrayList<>();
    Set<List<Integer>> seen = new HashSet<>();
    int least = cut ? space.length() : space.prefix().length == 0 ? 2 : 1;
    int[] left = new int[4];
    int index = 0;
    for (int[] text : texts) {
      int[] own = cut && text.length > least ? Arrays.copyOf(text, least) : text;
      if (own.length < least) {
        left[2]++;
      } else if (space.prefix().length + own.length - 1 > positions) {
        left[3]++;
      } else if (!allowed(own, space.allowed())) {
        left[1]++;
      } else if (seen.add(Arrays.stream(own).boxed().toList())) {
        ids.add(own);
        at.add(index);
      } else {
        left[0]++;
      }
      index++;
    }
    return new CorpusInputs(ids, at, left[0], left[1], left[2], left[3]);
  }

  private static boolean allowed(int[] ids, int[] allowed) {
    return Arrays.stream(ids).allMatch(id -> Arrays.binarySearch(allowed, id) >= 0);
  }

  /** All texts of the corpus, those that were left out included. */
  public int read() {
    return ids.size() + repeats + outside + tooShort + tooLong;
  }
}
