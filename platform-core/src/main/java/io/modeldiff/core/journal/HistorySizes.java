package io.modeldiff.core.journal;

import com.datastax.oss.driver.api.core.cql.Row;
import io.modeldiff.core.store.StoreKeyspaces;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSession;

/** How long histories are and what they take in the store, without reading them. */
public final class HistorySizes {
  /** Columns beside the event: keys, clustering, manifests, time stamps. */
  private static final int ROW_OVERHEAD = 150;

  private static final int SAMPLED = 20;

  private final CassandraSession session;
  private final String table;
  private final long partitionSize;

  /** Of the journal that an actor system writes. */
  public HistorySizes(ActorSystem<?> system, CassandraSession session, StoreKeyspaces keyspaces) {
    this.session = session;
    this.table = keyspaces.journal() + ".messages";
    this.partitionSize =
        system
            .settings()
            .config()
            .getLong("pekko.persistence.cassandra.journal.target-partition-size");
  }

  /**
   * One history.
   *
   * @param events how many
   * @param bytes about how many, before compression, in one replica of the store
   */
  public record Size(long events, long bytes) {
    /** Both together. */
    public Size plus(Size other) {
      return new Size(events + other.events, bytes + other.bytes);
    }
  }

  /** The size of a history: its length is exact, its bytes follow from its latest events. */
  public CompletionStage<Size> of(String persistenceId) {
    return last(persistenceId, 0, 0).thenCompose(last -> sized(persistenceId, last));
  }

  /** The last sequence number, looking at one partition after the other. */
  private CompletionStage<Long> last(String persistenceId, long partition, long known) {
    return session
        .selectOne(
            "SELECT sequence_nr FROM "
                + table
                + " WHERE persistence_id = ? AND partition_nr = ? ORDER BY sequence_nr DESC LIMIT 1",
            persistenceId,
            partition)
        .thenCompose(
            (Optional<Row> row) ->
                row.isEmpty()
                    ? java.util.concurrent.CompletableFuture.completedStage(known)
                    : last(persistenceId, partition + 1, row.get().getLong(0)));
  }

  private CompletionStage<Size> sized(String persistenceId, long last) {
    if (last == 0) {
      return java.util.concurrent.CompletableFuture.completedStage(new Size(0, 0));
    }
    return session
        .selectAll(
            "SELECT event, meta FROM "
                + table
                + " WHERE persistence_id = ? AND partition_nr = ? ORDER BY sequence_nr DESC LIMIT "
                + SAMPLED,
            persistenceId,
            (last - 1) / partitionSize)
        .thenApply(rows -> new Size(last, Math.round(mean(rows) * last)));
  }

  private static double mean(List<Row> rows) {
    return rows.stream()
        .mapToLong(row -> ROW_OVERHEAD + bytes(row.getByteBuffer(0)) + bytes(row.getByteBuffer(1)))
        .average()
        .orElse(0);
  }

  private static long bytes(@org.jspecify.annotations.Nullable ByteBuffer buffer) {
    return buffer == null ? 0 : buffer.remaining();
  }
}
