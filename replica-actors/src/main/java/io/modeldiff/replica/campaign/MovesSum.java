package io.modeldiff.replica.campaign;

import io.modeldiff.core.campaign.MoveCounts;
import io.modeldiff.replica.worker.ReplicaProtocol.RoundDone;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what the kernels did in all replicas of a round. */
final class MovesSum {
  private final Map<Integer, int[]> byRung = new TreeMap<>();

  static MoveCounts[] of(Collection<RoundDone> answers) {
    Map<String, MovesSum> byKernel = new TreeMap<>();
    for (RoundDone done : answers) {
      for (MoveCounts m : done.moves()) {
        byKernel.computeIfAbsent(m.kernel(), k -> new MovesSum()).add(m);
      }
    }
    return byKernel.entrySet().stream()
        .map(e -> e.getValue().counts(e.getKey()))
        .toArray(MoveCounts[]::new);
  }

  private void add(MoveCounts m) {
    for (int i = 0; i < m.rung().length; i++) {
      int[] cell = byRung.computeIfAbsent(m.rung()[i], k -> new int[2]);
      cell[0] += m.proposed()[i];
      cell[1] += m.accepted()[i];
    }
  }

  private MoveCounts counts(String kernel) {
    return new MoveCounts(
        kernel,
        byRung.keySet().stream().mapToInt(Integer::intValue).toArray(),
        byRung.values().stream().mapToInt(c -> c[0]).toArray(),
        byRung.values().stream().mapToInt(c -> c[1]).toArray());
  }
}
