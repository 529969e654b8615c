package io.modeldiff.analysis.history;

import java.util.function.BiConsumer;

/** Where stored events are read from. */
interface EventSource {
  /**
   * Reads a history from a sequence number on.
   *
   * @param use told sequence number and event, in order
   * @return the sequence number to go on from
   */
  <E> long from(String persistenceId, long first, Class<E> type, BiConsumer<Long, E> use);
}
