package io.modeldiff.analysis.projection;

import io.modeldiff.core.platform.Platform;
import io.modeldiff.core.store.StoreKeyspaces;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSession;

/** Up to which event of which entity a projection is. */
public final class Marks {
  private final CassandraSession session;
  private final String table;

  /** The marks in the read keyspace. */
  public Marks(ActorSystem<?> system, StoreKeyspaces keyspaces) {
    this.session = Platform.session(system);
    this.table = keyspaces.read() + ".projection_marks";
  }

  /** The sequence number of the last applied event; 0 when there is none. */
  public CompletionStage<Long> last(String projection, String persistenceId) {
    return session
        .selectOne(
            "SELECT sequence_nr FROM " + table + " WHERE projection = ? AND persistence_id = ?",
            projection,
            persistenceId)
        .thenApply(row -> row.map(r -> r.getLong(0)).orElse(0L));
  }

  /** Remembers that everything up to this event is applied. */
  public CompletionStage<Done> set(String projection, String persistenceId, long sequenceNr) {
    return session.executeWrite(
        "INSERT INTO " + table + " (projection, persistence_id, sequence_nr) VALUES (?, ?, ?)",
        projection,
        persistenceId,
        sequenceNr);
  }

  /** Forgets how far a projection is with an entity. */
  public CompletionStage<Done> forget(String projection, String persistenceId) {
    return session.executeWrite(
        "DELETE FROM " + table + " WHERE projection = ? AND persistence_id = ?",
        projection,
        persistenceId);
  }
}
