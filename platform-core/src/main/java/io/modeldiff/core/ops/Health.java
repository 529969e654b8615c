package io.modeldiff.core.ops;

import io.modeldiff.core.store.StoreHealth;
import io.modeldiff.core.store.StoreStatus;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * Whether a process should be restarted, and whether it should be given work.
 *
 * @param live false only when it cannot recover by itself: its actor system has ended
 * @param ready it is a member of its cluster and the store answers
 * @param sentences what keeps it from being ready; empty when it is
 */
public record Health(boolean live, boolean ready, List<String> sentences) {
  public Health {
    sentences = List.copyOf(sentences);
  }

  /** Looks at a process now. */
  public static Health of(ActorSystem<?> system, StoreHealth store) {
    boolean live = !system.getWhenTerminated().toCompletableFuture().isDone();
    MemberStatus member = Cluster.get(system).selfMember().status();
    return of(live, member.equals(MemberStatus.up()), member.toString(), store.status());
  }

  static Health of(boolean live, boolean up, String member, StoreStatus store) {
    List<String> sentences = new ArrayList<>();
    if (!live) {
      sentences.add("The actor system has ended; restart the process.");
    }
    if (!up) {
      sentences.add("The process is not a member of its cluster yet or any more (" + member + ").");
    }
    // a store that is away is no reason to restart anything: work waits and goes on by itself
    if (!store.isUp()) {
      sentences.add(store.sentence());
    }
    return new Health(live, live && up && store.isUp(), sentences);
  }
}
