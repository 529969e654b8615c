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
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Stored corpora: immutable, found by their content, read a chunk at a time. */
public final class CorpusLibrary {
  private static final String FOLDER = "corpus-";
  private static final String INFO = "info.json";
  private static final int HASH_DIGITS = 24;
  private static final int CHUNK = 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BlobStore store;

  /** A library in a store. */
  public CorpusLibrary(BlobStore store) {
    this.store = store;
  }

  /** Reads a file into the library; content that is there already is not stored again. */
  public CorpusInfo add(Path file, ImportOptions options) {
    CorpusInfo info = CorpusReader.read(file, options, phrase -> {});
    Optional<CorpusInfo> existing = info(folder(info));
    if (existing.isPresent()) {
      return existing.get();
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
    if (info(folder(info)).isEmpty()) {
      Writer writer = new Writer(folder(info));
      for (int i = 0; i < corpus.size(); i++) {
        writer.add(corpus.get(i));
      }
      writer.finish(info);
    }
    return info;
  }

  /** The stored corpus of that name and hash, when there is one. */
  public Optional<Corpus> find(String name, String hash) {
    return store.folders(FOLDER + hash.substring(0, HASH_DIGITS)).stream()
        .map(folder -> info(folder).map(info -> (Corpus) new StoredCorpus(info, folder)))
        .flatMap(Optional::stream)
        .filter(c -> c.info().name().equals(name) && c.info().hash().equals(hash))
        .findFirst();
  }

  /** A stored corpus by what is known of it. */
  public Corpus open(CorpusInfo info) {
    return open(folder(info));
  }

  /** A stored corpus by its folder. */
  public Corpus open(String folder) {
    CorpusInfo info =
        info(folder)
            .orElseThrow(
                () ->
                    UserException.failed(
                        "The store has no corpus in " + folder + "; add the corpus again."));
    return new StoredCorpus(info, folder);
  }

  /** Where a corpus is stored: a function of its content, name and columns. */
  public static String folder(CorpusInfo info) {
    int more = Objects.hash(info.name(), info.checksum(), info.columns());
    return FOLDER + info.hash().substring(0, HASH_DIGITS) + String.format("-%08x", more);
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
