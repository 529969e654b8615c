package io.modeldiff.analysis.projection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.projection.eventsourced.EventEnvelope;
import org.apache.pekko.projection.javadsl.Handler;

/** Gives each entity's share of a group to all read models, then marks it as applied. */
final class GroupHandler<E> extends Handler<List<EventEnvelope<E>>> {
  /** Later than this, an event is being caught up with and says nothing about the lag. */
  private final Instant started = Instant.now();

  private final String projection;
  private final List<ReadModel<E>> models;
  private final Marks marks;
  private final Lag lag;

  GroupHandler(String projection, List<ReadModel<E>> models, Marks marks, Lag lag) {
    this.projection = projection;
    this.models = models;
    this.marks = marks;
    this.lag = lag;
  }

  @Override
  public CompletionStage<Done> process(List<EventEnvelope<E>> group) {
    Map<String, List<Recorded<E>>> byEntity = new LinkedHashMap<>();
    for (EventEnvelope<E> e : group) {
      byEntity
          .computeIfAbsent(e.persistenceId(), id -> new ArrayList<>())
          .add(
              new Recorded<>(
                  e.persistenceId(),
                  e.sequenceNr(),
                  Instant.ofEpochMilli(e.timestamp()),
                  e.event()));
    }
    CompletableFuture<?>[] all =
        byEntity.values().stream()
            .map(stretch -> apply(stretch).toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(all)
        .thenApply(
            done -> {
              group.forEach(this::note);
              return Done.getInstance();
            });
  }

  private CompletionStage<Done> apply(List<Recorded<E>> stretch) {
    String id = stretch.get(0).persistenceId();
    String entity = id.substring(id.indexOf('|') + 1);
    long last = stretch.get(stretch.size() - 1).sequenceNr();
    CompletableFuture<?>[] all =
        models.stream()
            .map(model -> model.apply(entity, stretch).toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(all).thenCompose(done -> marks.set(projection, id, last));
  }

  private void note(EventEnvelope<E> e) {
    Instant written = Instant.ofEpochMilli(e.timestamp());
    if (written.isAfter(started)) {
      lag.add(java.time.Duration.between(written, Instant.now()).toMillis());
    }
  }
}
