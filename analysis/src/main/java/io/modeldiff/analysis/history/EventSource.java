package io.modeldiff.analysis.history;

import java.util.List;
import java.util.function.BiConsumer;

/** Where stored events are read from. */
public interface EventSource {
  /**
   * Reads a history from a sequence number on.
   *
   * @param use told sequence number and event, in order
   * @return the sequence number to go on from
   */
  <E> long from(String persistenceId, long first, Class<E> type, BiConsumer<Long, E> use);

  /**
   * Does several readings, which do not know of each other, before it returns; some of them at the
   * same time, where that is faster.
   */
  default void together(List<Runnable> readings) {
    readings.forEach(Runnable::run);
  }
}
