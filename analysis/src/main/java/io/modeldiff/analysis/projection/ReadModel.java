package io.modeldiff.analysis.projection;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/**
 * What is kept in read tables about one type of entity. Called for one stretch of an entity at a
 * time. The same stretch may come again after a crash, so writing it twice must leave what writing
 * it once leaves: rows are keyed by sequence number, or hold the sequence number that they are at.
 *
 * @param <E> the entity type's events
 */
public interface ReadModel<E> {
  /** The tables it fills, for messages. */
  String name();

  /**
   * Takes in consecutive events of one entity; done when they are stored.
   *
   * @param entity the entity's id, without its type
   * @param events in order, without gaps, never empty
   */
  CompletionStage<Done> apply(String entity, List<Recorded<E>> events);

  /** Empties its tables. */
  CompletionStage<Done> clear();
}
