package io.modeldiff.analysis.lmdiff.cache;

/**
 * Whose analysis a cache is: two caches are comparable when checksum and vocabulary hash agree.
 *
 * @param datasetName the corpus' name
 * @param datasetChecksum SHA-256 of the corpus' body, lower-case hex
 * @param vocabHash the vocabulary's hash, see {@link
 *     io.modeldiff.analysis.lmdiff.cache.VocabularyHash}
 * @param modelName the model's name or directory
 */
public record CacheHeader(
    String datasetName, String datasetChecksum, String vocabHash, String modelName) {}
