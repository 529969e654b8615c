package io.modeldiff.analysis.projection;

import com.datastax.oss.driver.api.core.uuid.Uuids;
import io.modeldiff.core.journal.Histories;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.cassandra.query.javadsl.CassandraReadJournal;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.TimeBasedUUID;
import org.apache.pekko.projection.eventsourced.EventEnvelope;
import org.apache.pekko.projection.javadsl.SourceProvider;
import org.apache.pekko.stream.javadsl.Source;

/**
 * All events of the entities of one type and tag: each entity's in order and without gaps, from the
 * first one that is not marked as applied.
 *
 * <p>Two kinds of signals ask for a look at an entity: an event that its tag has brought, and a
 * sweep over all entities that have ever stored anything. A look emits what lies between the last
 * emitted event and the signal's, read from the entity's own history, which is consistent where
 * tags may be late. Signals are looked at one after the other.
 *
 * @param <E> the entity type's events
 */
final class Reconciled<E> extends SourceProvider<Offset, EventEnvelope<E>> {
  /** A projection without an offset begins here: whatever is older, the first sweep finds. */
  private static final Duration LOOK_BACK = Duration.ofMinutes(5);

  private final String type;
  private final String tag;
  private final Class<E> events;
  private final Duration sweepEvery;
  private final Marks marks;
  private final String projection;
  private final CassandraReadJournal journal;

  /**
   * @param projection under whose name marks are kept
   * @param type the entities' type name
   * @param tag which of the type's tags
   * @param events the class that every event of theirs has
   * @param sweepEvery how often all entities are looked at
   */
  Reconciled(
      ActorSystem<?> system,
      Marks marks,
      String projection,
      String type,
      String tag,
      Class<E> events,
      Duration sweepEvery) {
    this.marks = marks;
    this.projection = projection;
    this.type = type;
    this.tag = tag;
    this.events = events;
    this.sweepEvery = sweepEvery;
    this.journal =
        PersistenceQuery.get(system)
            .getReadJournalFor(CassandraReadJournal.class, CassandraReadJournal.Identifier());
  }

  @Override
  public CompletionStage<Source<EventEnvelope<E>, NotUsed>> source(
      Supplier<CompletionStage<Optional<Offset>>> stored) {
    return stored.get().thenApply(offset -> source(offset.orElseGet(Reconciled::recently)));
  }

  private Source<EventEnvelope<E>, NotUsed> source(Offset from) {
    Looks looks = new Looks(from);
    Source<Signal<E>, NotUsed> told =
        journal
            .eventsByTag(tag, from)
            .map(
                e ->
                    new Signal<>(
                        e.persistenceId(),
                        e.sequenceNr(),
                        e.offset(),
                        new EventEnvelope<>(
                            e.offset(),
                            e.persistenceId(),
                            e.sequenceNr(),
                            events.cast(e.event()),
                            e.timestamp())));
    Source<Signal<E>, NotUsed> swept =
        Source.tick(Duration.ZERO, sweepEvery, NotUsed.getInstance())
            .mapMaterializedValue(c -> NotUsed.getInstance())
            .conflate((a, b) -> a)
            .flatMapConcat(tick -> journal.currentPersistenceIds().filter(this::isMine))
            .map(id -> new Signal<E>(id, Long.MAX_VALUE, null, null));
    return told.merge(swept).flatMapConcat(signal -> Source.lazySource(() -> looks.at(signal)));
  }

  private boolean isMine(String persistenceId) {
    String prefix = type + "|";
    return persistenceId.startsWith(prefix)
        && Histories.tag(type, persistenceId.substring(prefix.length())).equals(tag);
  }

  private static Offset recently() {
    return new TimeBasedUUID(Uuids.startOf(Instant.now().minus(LOOK_BACK).toEpochMilli()));
  }

  @Override
  public Offset extractOffset(EventEnvelope<E> envelope) {
    return envelope.offset();
  }

  @Override
  public long extractCreationTime(EventEnvelope<E> envelope) {
    return envelope.timestamp();
  }

  /** A reason to look at an entity, up to an event; the event itself where it is at hand. */
  private record Signal<E>(
      String persistenceId,
      long upTo,
      @org.jspecify.annotations.Nullable Offset offset,
      @org.jspecify.annotations.Nullable EventEnvelope<E> event) {}

  /** What one run of the stream has emitted. */
  private final class Looks {
    private final Map<String, Long> emitted = new ConcurrentHashMap<>();
    private volatile Offset offset;

    Looks(Offset offset) {
      this.offset = offset;
    }

    Source<EventEnvelope<E>, NotUsed> at(Signal<E> signal) {
      String id = signal.persistenceId();
      Long known = emitted.get(id);
      if (known != null) {
        return after(known, signal);
      }
      return Source.completionStage(marks.last(projection, id))
          .flatMapConcat(
              last -> {
                emitted.put(id, last);
                return after(last, signal);
              });
    }

    private Source<EventEnvelope<E>, NotUsed> after(long last, Signal<E> signal) {
      Offset told = signal.offset();
      if (told != null) {
        offset = told;
      }
      if (signal.upTo() <= last) {
        return Source.empty();
      }
      EventEnvelope<E> event = signal.event();
      Source<EventEnvelope<E>, NotUsed> next =
          event != null && signal.upTo() == last + 1
              ? Source.single(event)
              : history(signal.persistenceId(), last + 1, signal.upTo());
      return next.filter(e -> e.sequenceNr() == emitted.getOrDefault(e.persistenceId(), 0L) + 1)
          .map(
              e -> {
                emitted.put(e.persistenceId(), e.sequenceNr());
                return e;
              });
    }

    private Source<EventEnvelope<E>, NotUsed> history(String id, long from, long to) {
      return journal
          .currentEventsByPersistenceId(id, from, to)
          .map(
              e ->
                  new EventEnvelope<>(
                      offset,
                      e.persistenceId(),
                      e.sequenceNr(),
                      events.cast(e.event()),
                      e.timestamp()));
    }
  }
}
