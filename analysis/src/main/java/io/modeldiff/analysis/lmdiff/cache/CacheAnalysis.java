package io.modeldiff.analysis.lmdiff.cache;

import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.analysis.lmdiff.corpus.CorpusInfo;
import io.modeldiff.analysis.lmdiff.store.BlobStore;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.core.work.WorkMonitor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Makes the analysis cache of a corpus under a model, chunk by chunk. Each finished chunk is stored
 * for good; run again after a stop or a kill, it goes on with the first missing one.
 */
public final class CacheAnalysis {
  /** Most likely tokens kept per position, as in the paper. */
  public static final int TOP_K = 10;

  private CacheAnalysis() {}

  /**
   * Scores what is missing.
   *
   * @param modelName name that the cache records
   * @param monitor told the number of phrases done; asked whether to stop between chunks
   * @return the cache, complete unless a stop was requested
   */
  public static ChunkedCache run(
      LanguageModel model,
      String modelName,
      Corpus corpus,
      BlobStore store,
      int topK,
      ScoringRules rules,
      WorkMonitor monitor) {
    int k = Math.min(topK, model.info().vocabulary());
    ChunkedCache cache =
        ChunkedCache.create(
            store, manifest(model.info(), model.tokenizer(), modelName, corpus.info(), k, rules));
    PhraseScorer scorer = new PhraseScorer(model, k, rules);
    int size = cache.manifest().chunk();
    for (int chunk = cache.firstMissing();
        chunk < cache.manifest().chunks() && !monitor.stopRequested();
        chunk++) {
      List<String> phrases = new ArrayList<>(size);
      for (int i = chunk * size; i < Math.min(corpus.size(), (chunk + 1) * size); i++) {
        phrases.add(corpus.get(i).text());
      }
      cache.put(chunk, new CacheChunk(scorer.score(phrases)));
      monitor.done(Math.min(corpus.size(), (chunk + 1L) * size));
    }
    return cache;
  }

  /** What a model's scores depend on: its files and the precision of its weights. */
  public static String modelIdentity(ModelInfo model) {
    return model.hash() + "-" + model.dtype();
  }

  /** Vocabulary strings in id order, as the original stores them. */
  public static List<String> vocabulary(Map<String, Integer> ids) {
    return ids.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What a cache will be of. */
  public static CacheManifest manifest(
      ModelInfo model,
      Tokenizer tokenizer,
      String modelName,
      CorpusInfo corpus,
      int topK,
      ScoringRules rules) {
    Map<String, Integer> vocabulary = tokenizer.vocabulary();
    return new CacheManifest(
        new CacheHeader(corpus.name(), corpus.checksum(), VocabularyHash.of(vocabulary), modelName),
        corpus.hash(),
        modelIdentity(model),
        rules.id(),
        Math.min(topK, model.vocabulary()),
        corpus.phrases(),
        ChunkedCache.CHUNK,
        vocabulary(vocabulary));
  }
}
