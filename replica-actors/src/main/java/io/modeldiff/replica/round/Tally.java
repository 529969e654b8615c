package io.modeldiff.replica.round;

import io.modeldiff.replica.kernel.KernelName;
import io.modeldiff.replica.kernel.Moved;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up moves per kernel and rung. */
final class Tally {
  private final Map<KernelName, Map<Integer, long[]>> cells = new TreeMap<>();

  void add(KernelName kernel, int[] rungs, Moved moved) {
    Map<Integer, long[]> byRung = cells.computeIfAbsent(kernel, k -> new TreeMap<>());
    for (int b = 0; b < moved.lanes().length; b++) {
      long[] cell = byRung.computeIfAbsent(rungs[moved.lanes()[b]], r -> new long[2]);
      cell[0]++;
      if (moved.accepted()[b]) {
        cell[1]++;
      }
    }
  }

  List<MoveCount> counts() {
    List<MoveCount> all = new ArrayList<>();
    cells.forEach(
        (kernel, byRung) ->
            byRung.forEach((rung, n) -> all.add(new MoveCount(kernel, rung, n[0], n[1]))));
    return all;
  }
}
