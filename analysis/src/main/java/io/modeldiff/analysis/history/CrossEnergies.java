package io.modeldiff.analysis.history;

import io.modeldiff.core.comparison.ComparisonEvent.CrossScored;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Energies that one side's model gave to another side's samples, by where those are stored. */
final class CrossEnergies {
  private final Map<String, Map<Long, Row>> byHistory = new HashMap<>();

  /**
   * The scored lanes of one stored event.
   *
   * @param lanes ascending
   * @param energies under the scorer, nats per sequence
   */
  record Row(int[] lanes, double[] energies) {
    static final Row NONE = new Row(new int[0], new double[0]);
  }

  /** Takes over what one event says; its entries ascend by sequence number, then lane. */
  void add(CrossScored scored) {
    Map<Long, Row> rows = byHistory.computeIfAbsent(scored.history(), h -> new HashMap<>());
    long[] sequence = scored.sequence();
    int from = 0;
    while (from < sequence.length) {
      int to = from + 1;
      while (to < sequence.length && sequence[to] == sequence[from]) {
        to++;
      }
      rows.put(
          sequence[from],
          new Row(
              Arrays.copyOfRange(scored.lane(), from, to),
              Arrays.copyOfRange(scored.energies(), from, to)));
      from = to;
    }
  }

  /** The scored lanes of one stored event; none where nothing was scored. */
  Row of(String history, long sequence) {
    return byHistory.getOrDefault(history, Map.of()).getOrDefault(sequence, Row.NONE);
  }
}
