package io.modeldiff.analysis.lmdiff.cache;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.analysis.lmdiff.store.BlobStore;
import io.modeldiff.analysis.lmdiff.store.Digests;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** An analysis cache in a {@link BlobStore}: a manifest and numbered chunks of phrases. */
public final class ChunkedCache implements AnalysisCache {
  /** Phrases per chunk: at most this many are scored again after a kill. */
  public static final int CHUNK = 256;

  /** What folders of caches begin with. */
  public static final String FOLDER = "cache-";

  private static final String MANIFEST = "manifest.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BlobStore store;
  private final String folder;
  private final CacheManifest manifest;
  private int loaded = -1;
  private List<PhraseScores> chunk = List.of();

  private ChunkedCache(BlobStore store, String folder, CacheManifest manifest) {
    this.store = store;
    this.folder = folder;
    this.manifest = manifest;
  }

  /** Opens the cache that a manifest describes, writing the manifest when it is new. */
  public static ChunkedCache create(BlobStore store, CacheManifest manifest) {
    String folder =
        folder(manifest.corpusHash(), manifest.modelHash(), manifest.rules(), manifest.topK());
    Optional<CacheManifest> existing = read(store, folder);
    if (existing.isPresent()) {
      return new ChunkedCache(store, folder, existing.get());
    }
    try {
      store.put(folder, MANIFEST, JSON.writeValueAsBytes(manifest));
    } catch (IOException e) {
      throw UserException.failed("Cannot write the manifest of a cache.", e);
    }
    return new ChunkedCache(store, folder, manifest);
  }

  /** The cache of a folder, when there is one. */
  public static Optional<ChunkedCache> open(BlobStore store, String folder) {
    return read(store, folder).map(m -> new ChunkedCache(store, folder, m));
  }

  /** The folder of a cache: a function of everything its content depends on. */
  public static String folder(String corpusHash, String modelHash, String rules, int topK) {
    String identity = String.join("\n", corpusHash, modelHash, rules, Integer.toString(topK));
    return FOLDER + Digests.sha256(identity).substring(0, 32);
  }

  /** What it is of. */
  public CacheManifest manifest() {
    return manifest;
  }

  /** Whether a chunk is stored, whole. */
  public boolean has(int index) {
    return store.get(folder, name(index)).filter(ChunkedCache::whole).isPresent();
  }

  /** Stores a chunk. */
  public void put(int index, CacheChunk value) {
    store.put(folder, name(index), value.encode());
  }

  /** The first chunk that is not stored; {@link CacheManifest#chunks} when it is complete. */
  public int firstMissing() {
    int index = 0;
    for (String name : store.names(folder)) {
      if (name.equals(name(index))) {
        index++;
      }
    }
    return index;
  }

  /** Chunks that are not stored, ascending. */
  public List<Integer> missing() {
    Set<String> there = new HashSet<>(store.names(folder));
    return IntStream.range(0, manifest.chunks())
        .filter(i -> !there.contains(name(i)))
        .boxed()
        .toList();
  }

  /** Where it is stored. */
  public String folder() {
    return folder;
  }

  /** Whether every phrase is there. */
  public boolean complete() {
    return missing().isEmpty();
  }

  @Override
  public CacheHeader header() {
    return manifest.header();
  }

  @Override
  public List<String> vocabulary() {
    return manifest.vocabulary();
  }

  @Override
  public int size() {
    return manifest.phrases();
  }

  @Override
  public PhraseScores get(int index) {
    int wanted = index / manifest.chunk();
    if (wanted != loaded) {
      byte[] bytes =
          store
              .get(folder, name(wanted))
              .orElseThrow(
                  () ->
                      UserException.failed(
                          "The analysis of corpus "
                              + header().datasetName()
                              + " by model "
                              + header().modelName()
                              + " is not complete; run corpus analyze again, it goes on where it"
                              + " stopped."));
      try {
        chunk = CacheChunk.decode(bytes).phrases();
      } catch (IllegalArgumentException e) {
        throw UserException.failed(
            "Chunk "
                + wanted
                + " of "
                + folder
                + " is damaged; delete it and run corpus analyze"
                + " again.",
            e);
      }
      loaded = wanted;
    }
    return chunk.get(index % manifest.chunk());
  }

  @Override
  public void close() {
    chunk = List.of();
    loaded = -1;
  }

  private static boolean whole(byte[] bytes) {
    try {
      CacheChunk.decode(bytes);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String name(int chunk) {
    return String.format("chunk-%08d", chunk);
  }

  private static Optional<CacheManifest> read(BlobStore store, String folder) {
    return store
        .get(folder, MANIFEST)
        .map(
            bytes -> {
              try {
                return JSON.readValue(bytes, CacheManifest.class);
              } catch (IOException e) {
                throw UserException.failed("The manifest of " + folder + " is damaged.", e);
              }
            });
  }
}
