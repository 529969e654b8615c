package io.modeldiff.replica.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Spreads neighbouring shards over the workers, so that the replicas of one campaign, which lie in
 * neighbouring shards, do: a round lasts as long as the worker with most of its replicas takes.
 *
 * <p>With n workers the shards are cut into blocks of n, and of each block every worker gets one.
 * When a worker joins or leaves, only what lies twice in a block moves.
 */
final class EvenPlacement {
  /**
   * Replicas begin at a multiple of this: blocks of 1, 2, 3, 4, 6 or 12 workers then begin with a
   * campaign's first replica.
   */
  static final int ALIGNMENT = 12;

  /** A multiple of {@link #ALIGNMENT}. */
  static final int SHARDS = 240;

  private EvenPlacement() {}

  /** The shard of the entity {@code <campaign>-<k>}. */
  static int shard(String entity) {
    int dash = entity.lastIndexOf('-');
    int first = Math.floorMod(entity.substring(0, dash).hashCode(), SHARDS / ALIGNMENT);
    return (first * ALIGNMENT + Integer.parseInt(entity.substring(dash + 1))) % SHARDS;
  }

  /**
   * Where a shard goes: to a worker that has none of its block, among those to the one with fewest.
   *
   * @param placed the shards of every worker, without this one
   */
  static <W extends Comparable<W>> W place(int shard, Map<W, Set<Integer>> placed) {
    int block = shard / placed.size();
    Comparator<Map.Entry<W, Set<Integer>>> best =
        Comparator.comparingLong(e -> inBlock(e.getValue(), block, placed.size()));
    return placed.entrySet().stream()
        .min(best.thenComparing(e -> e.getValue().size()).thenComparing(Map.Entry::getKey))
        .orElseThrow()
        .getKey();
  }

  private static long inBlock(Set<Integer> shards, int block, int workers) {
    return shards.stream().filter(s -> s / workers == block).count();
  }

  /** Shards that should be placed anew: a worker has several of a block, another has none. */
  static <W> Set<Integer> surplus(Map<W, Set<Integer>> placed) {
    int workers = placed.size();
    Map<Integer, Map<W, List<Integer>>> blocks = new TreeMap<>();
    placed.forEach(
        (worker, shards) ->
            shards.forEach(
                s ->
                    blocks
                        .computeIfAbsent(s / workers, b -> new HashMap<>())
                        .computeIfAbsent(worker, w -> new ArrayList<>())
                        .add(s)));
    Set<Integer> moving = new HashSet<>();
    for (Map<W, List<Integer>> block : blocks.values()) {
      List<Integer> more = new ArrayList<>();
      block.values().forEach(s -> more.addAll(s.stream().sorted().skip(1).toList()));
      moving.addAll(more.subList(0, Math.min(more.size(), workers - block.size())));
    }
    return moving;
  }
}
