package io.modeldiff.web;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;

/** Writes one history as it is told, event by event, and stops. */
final class HistoryWriter<E> extends EventSourcedBehavior<HistoryWriter.Write<E>, E, Long> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String tag;

  record Write<E>(List<E> events, boolean last, ActorRef<Done> replyTo) {}

  private HistoryWriter(String persistenceId, String tag) {
    super(PersistenceId.ofUniqueId(persistenceId));
    this.tag = tag;
  }

  /** Returns when all is stored. */
  static <E> void write(ActorSystem<?> system, String persistenceId, String tag, List<E> events) {
    ActorRef<Write<E>> writer =
        system.systemActorOf(
            new HistoryWriter<E>(persistenceId, tag),
            "write-" + persistenceId.replaceAll("[^A-Za-z0-9]", "-"),
            Props.empty());
    // Large events go one by one: a batch of them is more than the store takes at once.
    for (int i = 0; i < events.size(); i++) {
      List<E> one = events.subList(i, i + 1);
      boolean last = i + 1 == events.size();
      AskPattern.<Write<E>, Done>ask(
              writer, to -> new Write<>(one, last, to), PATIENCE, system.scheduler())
          .toCompletableFuture()
          .join();
    }
  }

  @Override
  public Long emptyState() {
    return 0L;
  }

  @Override
  public CommandHandler<Write<E>, E, Long> commandHandler() {
    return (count, write) -> {
      var stored =
          Effect()
              .persist(write.events())
              .thenRun((Long n) -> write.replyTo().tell(Done.getInstance()));
      return write.last() ? stored.thenStop() : stored;
    };
  }

  @Override
  public EventHandler<Long, E> eventHandler() {
    return (count, event) -> count + 1;
  }

  @Override
  public Set<String> tagsFor(E event) {
    return tag.isEmpty() ? Set.of() : Set.of(tag);
  }
}
