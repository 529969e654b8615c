package io.modeldiff.core.platform;

import java.time.Duration;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** Spawns and asks counters. */
final class Counters {
  private Counters() {}

  static ActorRef<Counter.Command> spawn(ActorSystem<SpawnProtocol.Command> system, String id) {
    return AskPattern.<SpawnProtocol.Command, ActorRef<Counter.Command>>ask(
            system,
            to -> new SpawnProtocol.Spawn<>(Counter.create(id), id, Props.empty(), to),
            Duration.ofSeconds(10),
            system.scheduler())
        .toCompletableFuture()
        .join();
  }

  static <A> A ask(
      ActorSystem<?> system,
      ActorRef<Counter.Command> counter,
      Function<ActorRef<A>, Counter.Command> command,
      Duration patience) {
    return AskPattern.<Counter.Command, A>ask(counter, command::apply, patience, system.scheduler())
        .toCompletableFuture()
        .join();
  }
}
