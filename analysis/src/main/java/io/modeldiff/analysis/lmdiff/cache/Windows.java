package io.modeldiff.analysis.lmdiff.cache;

import io.modeldiff.core.lm.ModelKind;
import java.util.ArrayList;
import java.util.List;

/** How a text that is longer than a model's context is cut into overlapping windows. */
public final class Windows {
  private Windows() {}

  /**
   * One window.
   *
   * @param start first token
   * @param end after its last token
   * @param scoredFrom first token whose score is taken from this window
   * @param scoredTo after the last
   */
  public record Window(int start, int end, int scoredFrom, int scoredTo) {}

  /**
   * Windows of at most {@code capacity} tokens, {@code stride} apart; each token is scored once. A
   * causal model scores the new tokens of each window, so that at least capacity − stride tokens
   * precede them; a masked model, which looks both ways, takes each token from the window in which
   * it is further from the edge.
   */
  public static List<Window> plan(int length, int capacity, int stride, ModelKind kind) {
    if (length <= capacity) {
      return List.of(new Window(0, length, 0, length));
    }
    int step = Math.min(stride > 0 ? stride : Math.max(1, capacity / 2), capacity);
    List<Window> windows = new ArrayList<>();
    int scored = 0;
    for (int start = 0; scored < length; start += step) {
      int end = Math.min(length, start + capacity);
      boolean last = end == length;
      int next = start + step;
      int to = last || kind == ModelKind.CAUSAL ? end : (next + end) / 2;
      windows.add(new Window(start, end, scored, to));
      scored = to;
    }
    return windows;
  }
}
