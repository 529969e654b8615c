package io.modeldiff.analysis.history;

import io.modeldiff.core.comparison.ComparisonEvent.CrossScored;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** NLLs that one side's model gave to another side's samples, by where those are stored. */
final class CrossEnergies {
  private final int scored;
  private final Map<String, Map<Long, Row>> byHistory = new HashMap<>();

  /**
   * @param scored n, scored tokens of a sequence
   */
  CrossEnergies(int scored) {
    this.scored = scored;
  }

  /**
   * The scored lanes of one stored event.
   *
   * @param lanes ascending
   * @param z mean NLLs under the scorer, nats per scored token
   */
  record Row(int[] lanes, float[] z) {
    static final Row NONE = new Row(new int[0], new float[0]);
  }

  /** Takes over what one event says; its entries ascend by sequence number, then lane. */
  void add(CrossScored event) {
    Map<Long, Row> rows = byHistory.computeIfAbsent(event.history(), h -> new HashMap<>());
    long[] sequence = event.sequence();
    int from = 0;
    while (from < sequence.length) {
      int to = from + 1;
      while (to < sequence.length && sequence[to] == sequence[from]) {
        to++;
      }
      rows.put(
          sequence[from],
          new Row(
              Arrays.copyOfRange(event.lane(), from, to),
              StoredSamples.perToken(Arrays.copyOfRange(event.energies(), from, to), scored)));
      from = to;
    }
  }

  /** The scored lanes of one stored event; none where nothing was scored. */
  Row of(String history, long sequence) {
    return byHistory.getOrDefault(history, Map.of()).getOrDefault(sequence, Row.NONE);
  }
}
