package io.modeldiff.analysis.readmodel;

import io.modeldiff.analysis.projection.ReadModel;
import io.modeldiff.analysis.projection.Recorded;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.Done;

/**
 * A read model that is a sum over an entity's events. State and sequence number are stored in one
 * atomic write, so an event that is delivered twice counts once.
 *
 * @param <E> events
 * @param <S> immutable state
 */
abstract class Fold<E, S> implements ReadModel<E> {
  /**
   * A state and the event that it is at.
   *
   * @param sequenceNr number of the last event taken in, 0 for none
   */
  record At<S>(long sequenceNr, S state) {}

  private final Map<String, At<S>> latest = new ConcurrentHashMap<>();

  /** What is stored of an entity; the initial state at 0 where nothing is. */
  abstract CompletionStage<At<S>> load(String entity);

  /** The state after one more event. */
  abstract S after(S state, Recorded<E> event);

  /** Stores a state with its sequence number, in one atomic write. */
  abstract CompletionStage<Done> store(String entity, At<S> before, At<S> now);

  @Override
  public final CompletionStage<Done> apply(String entity, List<Recorded<E>> events) {
    return known(entity, events.get(0).sequenceNr() - 1)
        .thenCompose(before -> take(entity, before, events));
  }

  private CompletionStage<At<S>> known(String entity, long wanted) {
    At<S> cached = latest.get(entity);
    return cached != null && cached.sequenceNr() == wanted
        ? CompletableFuture.completedStage(cached)
        : load(entity);
  }

  private CompletionStage<Done> take(String entity, At<S> before, List<Recorded<E>> events) {
    At<S> now = before;
    for (Recorded<E> event : events) {
      if (event.sequenceNr() > now.sequenceNr()) {
        now = new At<>(event.sequenceNr(), after(now.state(), event));
      }
    }
    if (now.sequenceNr() == before.sequenceNr()) {
      return CompletableFuture.completedStage(Done.getInstance());
    }
    At<S> result = now;
    return store(entity, before, result)
        .thenApply(
            done -> {
              latest.put(entity, result);
              return done;
            });
  }
}
