package io.modeldiff.core.work;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets a message per key and interval pass, and of those that come too early the newest one when
 * the interval is over; changes of state always pass at once. Thread-safe.
 */
public final class Throttled<M> {
  private record Seen<M>(Object state, long at, @Nullable M held) {}

  private final Duration every;
  private final Consumer<M> out;
  private final BiConsumer<Duration, Runnable> later;
  private final Map<String, Seen<M>> seen = new HashMap<>();

  /**
   * A throttle.
   *
   * @param out takes what passes
   * @param later runs something after a while
   */
  public Throttled(Duration every, Consumer<M> out, BiConsumer<Duration, Runnable> later) {
    this.every = every;
    this.out = out;
    this.later = later;
  }

  /** Passes the message now, later, or, when a newer one of its key comes in time, never. */
  public synchronized void offer(String key, Object state, M message) {
    long now = System.nanoTime();
    Seen<M> before = seen.get(key);
    if (before == null || !before.state().equals(state) || now - before.at() >= every.toNanos()) {
      pass(key, state, message, now);
      return;
    }
    seen.put(key, new Seen<>(state, before.at(), message));
    if (before.held() == null) {
      later.accept(every.minusNanos(now - before.at()), () -> passHeld(key));
    }
  }

  private synchronized void passHeld(String key) {
    Seen<M> waiting = seen.get(key);
    if (waiting != null && waiting.held() != null) {
      pass(key, waiting.state(), waiting.held(), System.nanoTime());
    }
  }

  private void pass(String key, Object state, M message, long now) {
    seen.put(key, new Seen<>(state, now, null));
    out.accept(message);
  }
}
