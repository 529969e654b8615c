package io.modeldiff.analysis.lmdiff.library;

import io.modeldiff.analysis.lmdiff.cache.AnalysisCache;
import io.modeldiff.analysis.lmdiff.cache.CacheAnalysis;
import io.modeldiff.analysis.lmdiff.cache.ChunkedCache;
import io.modeldiff.analysis.lmdiff.cache.ScoringRules;
import io.modeldiff.analysis.lmdiff.comparison.ComparisonTable;
import io.modeldiff.analysis.lmdiff.comparison.CorpusComparison;
import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.analysis.lmdiff.store.BlobStore;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.work.WorkMonitor;
import java.util.List;
import java.util.Optional;

/** The analyses of corpora by models, and their comparisons. */
public final class Analyses {
  private final BlobStore store;
  private final ScoringRules rules;
  private final int topK;

  /** Analyses in a store, made by the given rules. */
  public Analyses(BlobStore store, ScoringRules rules, int topK) {
    this.store = store;
    this.rules = rules;
    this.topK = topK;
  }

  /** Makes, or completes, the analysis of a corpus by a model. */
  public ChunkedCache analyze(
      LanguageModel model, String name, Corpus corpus, WorkMonitor monitor) {
    return CacheAnalysis.run(model, name, corpus, store, topK, rules, monitor);
  }

  /** A complete analysis, when there is one. */
  public Optional<ChunkedCache> find(ModelInfo model, Corpus corpus) {
    String folder =
        ChunkedCache.folder(
            corpus.info().hash(),
            CacheAnalysis.modelIdentity(model),
            rules.id(),
            Math.min(topK, model.vocabulary()));
    return ChunkedCache.open(store, folder).filter(ChunkedCache::complete);
  }

  /** All analyses, complete or not. */
  public List<ChunkedCache> list() {
    return store.folders(ChunkedCache.FOLDER).stream()
        .map(f -> ChunkedCache.open(store, f))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Compares two analyses of one corpus. */
  public ComparisonTable compare(
      AnalysisCache first, AnalysisCache second, int clamp, WorkMonitor monitor) {
    return CorpusComparison.compare(first, second, clamp, monitor::done);
  }

  /** The analysis, or a sentence that says how to make it. */
  public ChunkedCache require(ModelInfo model, Corpus corpus) {
    return find(model, corpus)
        .orElseThrow(
            () ->
                UserException.badInput(
                    "Corpus "
                        + corpus.info().name()
                        + " has not been analyzed with model "
                        + model.name()
                        + "; run corpus analyze --model "
                        + model.name()
                        + " --corpus "
                        + corpus.info().name()
                        + " first."));
  }
}
