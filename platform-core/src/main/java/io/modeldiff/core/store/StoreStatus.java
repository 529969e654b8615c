package io.modeldiff.core.store;

import java.time.Instant;

/**
 * How the store is.
 *
 * @param state up, or waiting for it
 * @param sentence what a person should know, and do where something is to be done
 * @param since when it became so
 */
public record StoreStatus(State state, String sentence, Instant since) {
  /** Whether events can be stored now. */
  public enum State {
    /** The store answers. */
    UP,
    /** It does not answer yet, or not any more; work waits and goes on by itself. */
    WAITING
  }

  /** Whether the store answers. */
  public boolean isUp() {
    return state == State.UP;
  }
}
