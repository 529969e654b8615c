package io.modeldiff.analysis.diagnostics;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How repetitive token sequences are: cold samples of language models tend to repeat themselves.
 */
public final class Repetition {
  private Repetition() {}

  /**
   * Share of n-grams that already occurred in the sequence: 1 − distinct / all; 0 for sequences
   * shorter than n.
   */
  public static double share(int[] tokens, int n) {
    int all = tokens.length - n + 1;
    if (all <= 0) {
      return 0;
    }
    Set<List<Integer>> distinct = new HashSet<>();
    for (int i = 0; i < all; i++) {
      distinct.add(Arrays.stream(tokens, i, i + n).boxed().toList());
    }
    return 1 - (double) distinct.size() / all;
  }

  /** Mean share over sequences; NaN is never returned: 0 for none. */
  public static double meanShare(int[][] sequences, int n) {
    return Arrays.stream(sequences).mapToDouble(s -> share(s, n)).average().orElse(0);
  }
}
