package io.modeldiff.web.live;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was used last, by key: as many as are allowed, and as large together as is allowed. A single
 * one may be larger than that. Safe to use from several threads.
 */
final class Recent<V> {
  private final int most;
  private final long mostSize;
  // Oldest use first.
  private final Map<String, Sized<V>> entries = new LinkedHashMap<>(16, 0.75f, true);

  private record Sized<V>(V value, long size) {}

  Recent(int most, long mostSize) {
    this.most = most;
    this.mostSize = mostSize;
  }

  /** The value of a key, made where there is none. */
  synchronized V of(String key, Supplier<V> make) {
    V value = entries.computeIfAbsent(key, k -> new Sized<>(make.get(), 0)).value();
    forget(key);
    return value;
  }

  /** The value of a key, if there is one. */
  synchronized @Nullable V find(String key) {
    Sized<V> found = entries.get(key);
    return found == null ? null : found.value();
  }

  /** Tells how large a value is or is about to be; what was used longest ago makes room for it. */
  synchronized void resize(String key, long size) {
    entries.computeIfPresent(key, (k, old) -> new Sized<>(old.value(), size));
    forget(key);
  }

  synchronized void remove(String key) {
    entries.remove(key);
  }

  private void forget(String except) {
    long size = entries.values().stream().mapToLong(Sized::size).sum();
    Iterator<Map.Entry<String, Sized<V>>> oldestFirst = entries.entrySet().iterator();
    while ((size > mostSize || entries.size() > most) && oldestFirst.hasNext()) {
      Map.Entry<String, Sized<V>> oldest = oldestFirst.next();
      if (!oldest.getKey().equals(except)) {
        size -= oldest.getValue().size();
        oldestFirst.remove();
      }
    }
  }
}
