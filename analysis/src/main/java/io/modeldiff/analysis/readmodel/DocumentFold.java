package io.modeldiff.analysis.readmodel;

import io.modeldiff.analysis.projection.Recorded;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.Done;
import org.apache.pekko.stream.connectors.cassandra.javadsl.CassandraSession;

/** One row per entity: the state as a document, and the event that it is at. */
final class DocumentFold<E, S> extends Fold<E, S> {
  private final CassandraSession session;
  private final String table;
  private final String key;
  private final Class<S> type;
  private final Function<String, S> initial;
  private final BiFunction<S, Recorded<E>, S> step;

  DocumentFold(
      CassandraSession session,
      String table,
      String key,
      Class<S> type,
      Function<String, S> initial,
      BiFunction<S, Recorded<E>, S> step) {
    this.session = session;
    this.table = table;
    this.key = key;
    this.type = type;
    this.initial = initial;
    this.step = step;
  }

  @Override
  public String name() {
    return table;
  }

  /** What is stored of an entity. */
  CompletionStage<Optional<S>> find(String entity) {
    return session
        .selectOne("SELECT document FROM " + table + " WHERE " + key + " = ?", entity)
        .thenApply(row -> row.map(r -> Documents.read(text(r.getString(0)), type)));
  }

  /** What is stored of all entities. */
  CompletionStage<List<S>> all() {
    return session
        .selectAll("SELECT document FROM " + table)
        .thenApply(
            rows -> rows.stream().map(r -> Documents.read(text(r.getString(0)), type)).toList());
  }

  /** Up to which event each entity is stored. */
  CompletionStage<Map<String, Long>> numbers() {
    return session
        .selectAll("SELECT " + key + ", sequence_nr FROM " + table)
        .thenApply(
            rows ->
                rows.stream()
                    .collect(Collectors.toMap(r -> text(r.getString(0)), r -> r.getLong(1))));
  }

  @Override
  CompletionStage<At<S>> load(String entity) {
    return session
        .selectOne("SELECT sequence_nr, document FROM " + table + " WHERE " + key + " = ?", entity)
        .thenApply(
            row ->
                row.map(r -> new At<>(r.getLong(0), Documents.read(text(r.getString(1)), type)))
                    .orElseGet(() -> new At<>(0, initial.apply(entity))));
  }

  @Override
  S after(S state, Recorded<E> event) {
    return step.apply(state, event);
  }

  @Override
  CompletionStage<Done> store(String entity, At<S> before, At<S> now) {
    return session.executeWrite(
        "INSERT INTO " + table + " (" + key + ", sequence_nr, document) VALUES (?, ?, ?)",
        entity,
        now.sequenceNr(),
        Documents.write(now.state()));
  }

  @Override
  public CompletionStage<Done> clear() {
    return session.executeWrite("TRUNCATE " + table);
  }

  private static String text(@org.jspecify.annotations.Nullable String value) {
    return java.util.Objects.requireNonNull(value, "a row without a document");
  }
}
