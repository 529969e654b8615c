package io.modeldiff.analysis.readmodel;

import com.datastax.oss.driver.api.core.cql.Row;
import io.modeldiff.analysis.projection.ReadModel;
import io.modeldiff.analysis.projection.Recorded;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.pekko.Done;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSession;
import org.jspecify.annotations.Nullable;

/**
 * Documents that take whole histories to compute, one per entity, each with what it was computed
 * from. Events do not fill them: whoever computes one keeps it here. A rebuild of the projection
 * drops them all.
 *
 * @param <E> the events of the projection that they belong to
 */
public final class ComputedDocuments<E> implements ReadModel<E> {
  private final CassandraSession session;
  private final String table;
  private final String key;

  ComputedDocuments(CassandraSession session, String table, String key) {
    this.session = session;
    this.table = table;
    this.key = key;
  }

  /** A document and what it was computed from. */
  public record Computed(Basis basis, String document) {}

  @Override
  public String name() {
    return table;
  }

  @Override
  public CompletionStage<Done> apply(String entity, List<Recorded<E>> events) {
    return CompletableFuture.completedStage(Done.getInstance());
  }

  /** Keeps an entity's document in place of the one before. */
  public CompletionStage<Done> keep(
      String entity, Basis basis, @Nullable String sentence, String document) {
    return session.executeWrite(
        "INSERT INTO "
            + table
            + " ("
            + key
            + ", version, reached, at, finding, document) VALUES (?, ?, ?, ?, ?, ?)",
        entity,
        basis.version(),
        basis.reached(),
        Instant.now(),
        sentence,
        document);
  }

  /** What is kept of an entity; whether it still holds is for the reader to find out. */
  public CompletionStage<Optional<Computed>> find(String entity) {
    return session
        .selectOne(
            "SELECT version, reached, document FROM " + table + " WHERE " + key + " = ?", entity)
        .thenApply(row -> row.map(r -> new Computed(basis(r), Rows.text(r, "document"))));
  }

  /** What is kept, by entity, without the documents. */
  public CompletionStage<Map<String, Finding>> findings() {
    return session
        .selectAll("SELECT " + key + ", version, reached, finding FROM " + table)
        .thenApply(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.toMap(
                            r -> Rows.text(r, key),
                            r -> new Finding(basis(r), r.getString("finding")))));
  }

  private static Basis basis(Row row) {
    return new Basis(
        Rows.text(row, "version"),
        Objects.requireNonNull(row.getMap("reached", String.class, Long.class), "reached"));
  }

  @Override
  public CompletionStage<Done> clear() {
    return Rows.truncate(session, table);
  }
}
