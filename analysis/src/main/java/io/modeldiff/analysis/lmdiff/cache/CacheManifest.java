package io.modeldiff.analysis.lmdiff.cache;

import io.modeldiff.analysis.lmdiff.store.BlobStore;
import java.util.List;

/**
 * What an analysis cache in a {@link BlobStore} is of. Written before its first chunk.
 *
 * @param header model, corpus and vocabulary
 * @param corpusHash the corpus' identity
 * @param modelHash the model's identity
 * @param rules name of the scoring rules, see {@link ScoringRules}
 * @param topK most likely tokens kept per position
 * @param phrases number of phrases of the corpus
 * @param chunk phrases per chunk
 * @param vocabulary vocabulary strings in id order
 */
public record CacheManifest(
    CacheHeader header,
    String corpusHash,
    String modelHash,
    String rules,
    int topK,
    int phrases,
    int chunk,
    List<String> vocabulary) {

  /** Number of chunks of a complete cache. */
  public int chunks() {
    return (phrases + chunk - 1) / chunk;
  }
}
