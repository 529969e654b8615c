package io.modeldiff.analysis.readmodel;

import io.modeldiff.core.serialization.CborSerializable;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** Spawns writers of histories and waits until they have stored what they are told to. */
final class HistoryWriters {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private HistoryWriters() {}

  /**
   * @param tagged which events get the tag
   */
  static <E extends CborSerializable> ActorRef<HistoryWriter.Write<E>> spawn(
      ActorSystem<SpawnProtocol.Command> system,
      String persistenceId,
      String tag,
      Predicate<E> tagged) {
    return AskPattern.<SpawnProtocol.Command, ActorRef<HistoryWriter.Write<E>>>ask(
            system,
            to ->
                new SpawnProtocol.Spawn<>(
                    HistoryWriter.<E>create(persistenceId, tag, tagged),
                    persistenceId.replace('|', '-'),
                    Props.empty(),
                    to),
            PATIENCE,
            system.scheduler())
        .toCompletableFuture()
        .join();
  }

  static <E> void write(
      ActorSystem<?> system, ActorRef<HistoryWriter.Write<E>> writer, List<E> events) {
    AskPattern.<HistoryWriter.Write<E>, Done>ask(
            writer, to -> new HistoryWriter.Write<>(events, to), PATIENCE, system.scheduler())
        .toCompletableFuture()
        .join();
  }
}
