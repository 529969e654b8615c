package io.modeldiff.core.lm.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The tokens that a pass over texts of different lengths runs. What causal models make of a token
 * depends on those before it alone, so a beginning that several texts share is run once.
 *
 * @param ids token id of each of the n tokens run
 * @param positions input position of each
 * @param texts the first text that each is in
 * @param places [text][position]: which of the tokens run stands there
 */
record RunTokens(int[] ids, int[] positions, int[] texts, int[][] places) {

  /** Every token of every text. */
  static RunTokens all(List<int[]> texts) {
    return new Builder(false).build(texts);
  }

  /** Every beginning once. */
  static RunTokens shared(List<int[]> texts) {
    return new Builder(true).build(texts);
  }

  /** How many tokens are run. */
  int size() {
    return ids.length;
  }

  private static final class Builder {
    /** A token with all before it, the last of which is known by its number. */
    private record Beginning(int before, int id) {}

    private final Map<Beginning, Integer> known = new HashMap<>();
    private final List<int[]> run = new ArrayList<>();
    private final boolean shared;

    Builder(boolean shared) {
      this.shared = shared;
    }

    RunTokens build(List<int[]> texts) {
      int[][] places = new int[texts.size()][];
      for (int text = 0; text < places.length; text++) {
        int[] ids = texts.get(text);
        places[text] = new int[ids.length];
        int before = -1;
        for (int t = 0; t < ids.length; t++) {
          before = place(before, ids[t], t, text);
          places[text][t] = before;
        }
      }
      return new RunTokens(column(0), column(1), column(2), places);
    }

    private int place(int before, int id, int position, int text) {
      int next = run.size();
      int place = shared ? known.computeIfAbsent(new Beginning(before, id), b -> next) : next;
      if (place == next) {
        run.add(new int[] {id, position, text});
      }
      return place;
    }

    private int[] column(int which) {
      return run.stream().mapToInt(each -> each[which]).toArray();
    }
  }

  /** Where each of the tokens run stands in a rectangle of texts, row after row. */
  long[] inRectangle(int span) {
    return IntStream.range(0, size())
        .mapToLong(i -> (long) texts[i] * span + positions[i])
        .toArray();
  }

  /** The token at each place of the rectangle; any where there is none. */
  long[] rectangle(int span) {
    long[] rectangle = new long[places.length * span];
    for (int text = 0; text < places.length; text++) {
      for (int t = 0; t < places[text].length; t++) {
        rectangle[text * span + t] = places[text][t];
      }
    }
    return rectangle;
  }
}
