package io.modeldiff.web.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.modeldiff.analysis.readmodel.Basis;
import io.modeldiff.analysis.readmodel.ComputedDocuments;
import io.modeldiff.analysis.readmodel.ComputedDocuments.Computed;
import io.modeldiff.analysis.readmodel.Finding;
import io.modeldiff.analysis.readmodel.ReadSide;
import io.modeldiff.web.platform.RunningPlatform;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was computed from whole histories and is kept in the store. A document is handed out only
 * while it is what a recomputation gives: computed by this program's code, from histories that have
 * not gone on since. The journal itself is asked for that, at most once a second.
 *
 * @param <T> a record that JSON keeps exactly
 */
final class KeptDocuments<T> {
  private static final Logger LOG = LoggerFactory.getLogger(KeptDocuments.class);
  private static final int IN_MEMORY = 64;
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private final ReadSide readSide;
  private final ComputedDocuments<?> store;
  private final String version;
  private final Class<T> type;
  // Oldest use first.
  private final Map<String, Read<T>> read = new LinkedHashMap<>(16, 0.75f, true);

  private record Read<T>(Basis basis, T value, long checkedAt) {
    boolean isFresh() {
      return System.nanoTime() - checkedAt < FRESH_NANOS;
    }
  }

  /**
   * @param version of the computation; what another version computed is not handed out
   */
  KeptDocuments(ReadSide readSide, ComputedDocuments<?> store, String version, Class<T> type) {
    this.readSide = readSide;
    this.store = store;
    this.version = version;
    this.type = type;
  }

  /** The document of an entity; null where none is kept, or where it does not hold any more. */
  @Nullable T current(String entity) {
    try {
      Read<T> known = known(entity);
      if (known != null && known.isFresh()) {
        return known.value();
      }
      if (known != null && isUpToDate(known.basis().reached())) {
        return remember(entity, known.basis(), known.value());
      }
      return stored(entity);
    } catch (RuntimeException e) {
      // The store may be away: what is in memory or can be computed is asked for instead.
      LOG.warn("what is kept of {} cannot be read: {}", entity, e.getMessage());
      return null;
    }
  }

  private synchronized @Nullable Read<T> known(String entity) {
    return read.get(entity);
  }

  private boolean isUpToDate(Map<String, Long> reached) {
    return RunningPlatform.await(readSide.isUpToDate(reached));
  }

  private @Nullable T stored(String entity) {
    Computed row = RunningPlatform.await(store.find(entity)).orElse(null);
    return row == null
            || !row.basis().version().equals(version)
            || !isUpToDate(row.basis().reached())
        ? null
        : remember(entity, row.basis(), parsed(row.document()));
  }

  private synchronized T remember(String entity, Basis basis, T value) {
    read.put(entity, new Read<>(basis, value, System.nanoTime()));
    if (read.size() > IN_MEMORY) {
      read.remove(read.keySet().iterator().next());
    }
    return value;
  }

  private T parsed(String document) {
    try {
      return JSON.readValue(document, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a document that this version wrote", e);
    }
  }

  /**
   * Keeps a document in place of the one before.
   *
   * @param reached up to which event of which history it was computed
   * @param sentence what it says in one sentence, or null
   */
  void keep(String entity, Map<String, Long> reached, @Nullable String sentence, T value) {
    Basis basis = new Basis(version, reached);
    try {
      RunningPlatform.await(store.keep(entity, basis, sentence, JSON.writeValueAsString(value)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("documents are JSON values", e);
    }
    remember(entity, basis, value);
  }

  /** What is kept, by entity, without the documents. */
  Map<String, Finding> findings() {
    return RunningPlatform.await(store.findings());
  }

  /**
   * Whether what is kept of an entity held when histories were as far as {@code numbers} says.
   *
   * @param numbers number of the last known event, by persistence id; null where nothing is known
   */
  boolean holds(@Nullable Finding found, Map<String, Long> numbers) {
    return found != null
        && found.basis().version().equals(version)
        && found.basis().reached().entrySet().stream()
            .allMatch(e -> numbers.getOrDefault(e.getKey(), e.getValue()) <= e.getValue());
  }
}
