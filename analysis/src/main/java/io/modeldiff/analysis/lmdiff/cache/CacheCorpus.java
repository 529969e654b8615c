package io.modeldiff.analysis.lmdiff.cache;

import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.analysis.lmdiff.corpus.CorpusInfo;
import io.modeldiff.analysis.lmdiff.corpus.Phrase;
import java.util.List;

/** The texts that a cache was made of, read from the cache itself. */
public record CacheCorpus(AnalysisCache cache) implements Corpus {
  /** Size in bytes is not known without reading every phrase and is given as 0. */
  @Override
  public CorpusInfo info() {
    CacheHeader header = cache.header();
    return new CorpusInfo(
        header.datasetName(),
        "human_created",
        header.datasetChecksum(),
        header.datasetChecksum(),
        cache.size(),
        0,
        List.of(),
        List.of());
  }

  @Override
  public Phrase get(int index) {
    return new Phrase(cache.get(index).phrase(), List.of());
  }
}
