package io.modeldiff.analysis.lmdiff.library;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.analysis.lmdiff.corpus.CorpusInfo;
import io.modeldiff.analysis.lmdiff.corpus.CorpusReader;
import io.modeldiff.analysis.lmdiff.corpus.ImportOptions;
import io.modeldiff.analysis.lmdiff.corpus.Phrase;
import io.modeldiff.analysis.lmdiff.store.BlobStore;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Registered corpora: immutable, found by name, read a chunk at a time. */
public final class CorpusLibrary {
  private static final String FOLDER = "corpus-";
  private static final String INFO = "info.json";
  private static final int CHUNK = 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BlobStore store;

  /** A library in a store. */
  public CorpusLibrary(BlobStore store) {
    this.store = store;
  }

  /**
   * Reads a file into the library. The same content under the same name again changes nothing; a
   * name that belongs to other content is refused.
   */
  public CorpusInfo add(Path file, ImportOptions options) {
    CorpusInfo info = CorpusReader.read(file, options, phrase -> {});
    Optional<CorpusInfo> existing = find(info.name());
    if (existing.isPresent()) {
      return same(existing.get(), info, file);
    }
    Writer writer = new Writer(folder(info));
    CorpusInfo again = CorpusReader.read(file, options, writer::add);
    if (!again.hash().equals(info.hash())) {
      throw UserException.failed(file + " changed while it was read; add it again.");
    }
    writer.finish(info);
    return info;
  }

  /** Stores a corpus that is in memory. */
  public CorpusInfo add(Corpus corpus) {
    CorpusInfo info = corpus.info();
    Optional<CorpusInfo> existing = find(info.name());
    if (existing.isPresent()) {
      return same(existing.get(), info, Path.of(info.name()));
    }
    Writer writer = new Writer(folder(info));
    for (int i = 0; i < corpus.size(); i++) {
      writer.add(corpus.get(i));
    }
    writer.finish(info);
    return info;
  }

  /** All corpora, by name. */
  public List<CorpusInfo> list() {
    return store.folders(FOLDER).stream()
        .map(this::info)
        .flatMap(Optional::stream)
        .sorted(Comparator.comparing(CorpusInfo::name))
        .toList();
  }

  /** The corpus of that name; refuses an unknown one, listing what there is. */
  public Corpus open(String name) {
    CorpusInfo info =
        find(name)
            .orElseThrow(
                () ->
                    UserException.badInput(
                        "There is no corpus '"
                            + name
                            + "': it is neither a file nor one of "
                            + list().stream()
                                .map(CorpusInfo::name)
                                .collect(Collectors.joining(", ", "[", "]"))
                            + "; add it with corpus add."));
    return new StoredCorpus(info, folder(info));
  }

  private Optional<CorpusInfo> find(String name) {
    return list().stream().filter(i -> i.name().equals(name)).findFirst();
  }

  private static CorpusInfo same(CorpusInfo existing, CorpusInfo added, Path file) {
    if (existing.hash().equals(added.hash()) && existing.columns().equals(added.columns())) {
      return existing;
    }
    throw UserException.badInput(
        "The name '"
            + existing.name()
            + "' belongs to another corpus (hash "
            + existing.hash().substring(0, 12)
            + "…, "
            + file
            + " has "
            + added.hash().substring(0, 12)
            + "…); choose another with --name.");
  }

  private static String folder(CorpusInfo info) {
    int more = Objects.hash(info.name(), info.columns());
    return FOLDER + info.hash().substring(0, 24) + String.format("-%08x", more);
  }

  private Optional<CorpusInfo> info(String folder) {
    return store.get(folder, INFO).map(bytes -> read(bytes, CorpusInfo.class));
  }

  private static <T> T read(byte[] bytes, Class<T> type) {
    try {
      return JSON.readValue(bytes, type);
    } catch (IOException e) {
      throw UserException.failed("A stored corpus is damaged: " + e.getMessage() + ".", e);
    }
  }

  private static String chunkName(int chunk) {
    return String.format("phrases-%08d", chunk);
  }

  /** Gathers phrases into chunks; the info comes last and makes the corpus visible. */
  private final class Writer {
    private final String folder;
    private final List<Phrase> chunk = new ArrayList<>(CHUNK);
    private int chunks;

    Writer(String folder) {
      this.folder = folder;
    }

    void add(Phrase phrase) {
      chunk.add(phrase);
      if (chunk.size() == CHUNK) {
        flush();
      }
    }

    void finish(CorpusInfo info) {
      flush();
      put(INFO, info);
    }

    private void flush() {
      if (!chunk.isEmpty()) {
        put(chunkName(chunks++), chunk);
        chunk.clear();
      }
    }

    private void put(String name, Object value) {
      try {
        store.put(folder, name, JSON.writeValueAsBytes(value));
      } catch (IOException e) {
        throw UserException.failed("Cannot store a corpus: " + e.getMessage() + ".", e);
      }
    }
  }

  /** Reads a stored corpus, keeping one chunk in memory. */
  private final class StoredCorpus implements Corpus {
    private final CorpusInfo info;
    private final String folder;
    private int loaded = -1;
    private Phrase[] chunk = new Phrase[0];

    StoredCorpus(CorpusInfo info, String folder) {
      this.info = info;
      this.folder = folder;
    }

    @Override
    public CorpusInfo info() {
      return info;
    }

    @Override
    public synchronized Phrase get(int index) {
      int wanted = Objects.checkIndex(index, info.phrases()) / CHUNK;
      if (wanted != loaded) {
        byte[] bytes =
            store
                .get(folder, chunkName(wanted))
                .orElseThrow(
                    () ->
                        UserException.failed(
                            "A part of corpus " + info.name() + " is missing; add it again."));
        chunk = read(bytes, Phrase[].class);
        loaded = wanted;
      }
      return chunk[index % CHUNK];
    }
  }
}
