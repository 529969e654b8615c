package io.modeldiff.replica.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Lets one message per key and interval pass; changes of state always pass. Thread-safe. */
final class Throttled {
  private record Seen(Object state, long at) {}

  private final long everyNanos;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  Throttled(Duration every) {
    this.everyNanos = every.toNanos();
  }

  /** Whether a message of this key in this state may pass now. */
  boolean passes(String key, Object state) {
    long now = System.nanoTime();
    Seen before = seen.get(key);
    if (before != null && before.state().equals(state) && now - before.at() < everyNanos) {
      return false;
    }
    seen.put(key, new Seen(state, now));
    return true;
  }
}
