package io.modeldiff.analysis.readmodel;

import io.modeldiff.core.serialization.CborSerializable;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;

/** Stores the events that it is told to, with the tag where the test wants one. */
final class HistoryWriter<E extends CborSerializable>
    extends EventSourcedBehavior<HistoryWriter.Write<E>, E, Long> {
  record Write<E>(List<E> events, ActorRef<Done> replyTo) {}

  private final String tag;
  private final Predicate<E> tagged;

  private HistoryWriter(String persistenceId, String tag, Predicate<E> tagged) {
    super(PersistenceId.ofUniqueId(persistenceId));
    this.tag = tag;
    this.tagged = tagged;
  }

  static <E extends CborSerializable> Behavior<Write<E>> create(
      String persistenceId, String tag, Predicate<E> tagged) {
    return Behaviors.setup(context -> new HistoryWriter<>(persistenceId, tag, tagged));
  }

  @Override
  public Long emptyState() {
    return 0L;
  }

  @Override
  public CommandHandler<Write<E>, E, Long> commandHandler() {
    return (count, write) ->
        Effect().persist(write.events()).thenRun(n -> write.replyTo().tell(Done.getInstance()));
  }

  @Override
  public EventHandler<Long, E> eventHandler() {
    return (count, event) -> count + 1;
  }

  @Override
  public Set<String> tagsFor(E event) {
    return tagged.test(event) ? Set.of(tag) : Set.of();
  }
}
