package io.modeldiff.replica.cluster;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.cluster.sharding.ShardCoordinator;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;
import org.apache.pekko.dispatch.Futures;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/** {@link EvenPlacement} as the sharding of replicas and SMC replicates asks for it. */
final class EvenAllocation extends ShardCoordinator.AbstractShardAllocationStrategy {

  /** Which shard a message belongs to. */
  static <M> ShardingMessageExtractor<ShardingEnvelope<M>, M> extractor() {
    return new ShardingMessageExtractor<>() {
      @Override
      public String entityId(ShardingEnvelope<M> envelope) {
        return envelope.entityId();
      }

      @Override
      public String shardId(String entityId) {
        return Integer.toString(EvenPlacement.shard(entityId));
      }

      @Override
      public M unwrapMessage(ShardingEnvelope<M> envelope) {
        return envelope.message();
      }
    };
  }

  @Override
  public Future<ActorRef> allocateShard(
      ActorRef requester, String shardId, Map<ActorRef, IndexedSeq<String>> current) {
    return Futures.successful(EvenPlacement.place(Integer.parseInt(shardId), placed(current)));
  }

  @Override
  public Future<Set<String>> rebalance(
      Map<ActorRef, IndexedSeq<String>> current, Set<String> inProgress) {
    Set<Integer> moving =
        inProgress.isEmpty() ? EvenPlacement.surplus(placed(current)) : Set.<Integer>of();
    return Futures.successful(
        moving.stream().map(s -> Integer.toString(s)).collect(Collectors.toSet()));
  }

  private static Map<ActorRef, Set<Integer>> placed(Map<ActorRef, IndexedSeq<String>> current) {
    return current.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                e ->
                    CollectionConverters.asJava(e.getValue()).stream()
                        .map(Integer::valueOf)
                        .collect(Collectors.toCollection(TreeSet::new))));
  }
}
