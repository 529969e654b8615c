package io.modeldiff.replica.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.core.journal.Histories;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every campaign's replicas lie evenly on the workers, whoever came and went. */
class EvenPlacementTest {
  private static final List<String> CAMPAIGNS =
      IntStream.range(0, 20).mapToObj(i -> "c" + Integer.toHexString(i * 7919)).toList();
  private static final int REPLICAS = 9;

  private final Map<String, Set<Integer>> placed = new TreeMap<>();

  private static Set<Integer> shards(String campaign) {
    Set<Integer> shards = new LinkedHashSet<>();
    for (int k = 0; k < REPLICAS; k++) {
      shards.add(EvenPlacement.shard(Histories.replicaEntity(campaign, k)));
    }
    return shards;
  }

  private void place(Collection<Integer> shards) {
    for (int shard : shards) {
      if (placed.values().stream().noneMatch(mine -> mine.contains(shard))) {
        placed.get(EvenPlacement.place(shard, placed)).add(shard);
      }
    }
  }

  private int rebalance() {
    Set<Integer> moving = EvenPlacement.surplus(placed);
    placed.values().forEach(mine -> mine.removeAll(moving));
    place(moving);
    return moving.size();
  }

  private void assertEven() {
    for (String campaign : CAMPAIGNS) {
      List<Integer> each =
          placed.values().stream()
              .map(
                  mine -> {
                    Set<Integer> both = new HashSet<>(mine);
                    both.retainAll(shards(campaign));
                    return both.size();
                  })
              .sorted()
              .toList();
      assertThat(each.get(each.size() - 1) - each.get(0))
          .as("%s %s", campaign, each)
          .isLessThanOrEqualTo(1);
    }
  }

  @Test
  void place_workersComeAndGo_keepsEveryCampaignEven() {
    placed.put("w1", new TreeSet<>());
    CAMPAIGNS.forEach(c -> place(shards(c)));
    int all = placed.get("w1").size();

    placed.put("w2", new TreeSet<>());
    assertThat(rebalance()).isLessThanOrEqualTo(all / 2);
    assertEven();

    placed.put("w3", new TreeSet<>());
    assertThat(rebalance()).isLessThanOrEqualTo(all / 2);
    assertEven();
    assertThat(rebalance()).isZero();

    Set<Integer> left = placed.remove("w1");
    place(left);
    rebalance();
    assertEven();
    assertThat(rebalance()).isZero();
  }

  @Test
  void shard_replicasOfACampaign_areNeighbours() {
    assertThat(shards("c288071e40679")).hasSize(REPLICAS);
    assertThat(EvenPlacement.shard("c288071e40679-0") % EvenPlacement.ALIGNMENT).isZero();
  }
}
