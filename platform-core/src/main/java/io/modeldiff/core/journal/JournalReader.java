package io.modeldiff.core.journal;

import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.PersistenceQuery;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.EventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.ReadJournal;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Typed streams over single histories. The read journal is the one that {@code
 * modeldiff.journal.query-plugin} names (Cassandra's by default).
 */
public final class JournalReader {
  private final ReadJournal journal;

  /** A reader of the system's journal. */
  public JournalReader(ActorSystem<?> system) {
    String plugin = system.settings().config().getString("modeldiff.journal.query-plugin");
    this.journal = PersistenceQuery.get(system).getReadJournalFor(ReadJournal.class, plugin);
  }

  /**
   * What is stored now, in order: sequence number and event.
   *
   * @param from first sequence number, from 1
   * @param to last sequence number, inclusive; Long.MAX_VALUE for all
   */
  public <E> Source<Pair<Long, E>, NotUsed> current(
      String persistenceId, long from, long to, Class<E> type) {
    return ((CurrentEventsByPersistenceIdQuery) journal)
        .currentEventsByPersistenceId(persistenceId, from, to)
        .map(e -> numbered(e, type));
  }

  /** The same, never ending: waits for what is yet to come. */
  public <E> Source<Pair<Long, E>, NotUsed> live(String persistenceId, long from, Class<E> type) {
    return ((EventsByPersistenceIdQuery) journal)
        .eventsByPersistenceId(persistenceId, from, Long.MAX_VALUE)
        .map(e -> numbered(e, type));
  }

  private static <E> Pair<Long, E> numbered(EventEnvelope envelope, Class<E> type) {
    return Pair.create(envelope.sequenceNr(), type.cast(envelope.event()));
  }
}
