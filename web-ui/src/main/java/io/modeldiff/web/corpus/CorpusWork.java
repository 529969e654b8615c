package io.modeldiff.web.corpus;

import io.modeldiff.analysis.lmdiff.cache.AnalysisCache;
import io.modeldiff.analysis.lmdiff.cache.CacheAnalysis;
import io.modeldiff.analysis.lmdiff.cache.ChunkedCache;
import io.modeldiff.analysis.lmdiff.cache.ScoringRules;
import io.modeldiff.analysis.lmdiff.comparison.ComparisonTable;
import io.modeldiff.analysis.lmdiff.comparison.CorpusComparison;
import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.analysis.lmdiff.library.PairDivergences;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.core.work.WorkStages;
import io.modeldiff.web.platform.Corpora;
import io.modeldiff.web.platform.Corpora.Analyst;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Analyses and comparisons of a platform's corpora. */
public final class CorpusWork {
  private final Corpora corpora;
  private final LoadOptions load;
  private final WorkStages stages;
  private final Cause cause;

  /**
   * @param load how models are loaded whose full distributions are compared
   * @param stages where the work is shown while it goes
   * @param cause who wants it
   */
  public CorpusWork(Corpora corpora, LoadOptions load, WorkStages stages, Cause cause) {
    this.corpora = corpora;
    this.load = load;
    this.stages = stages;
    this.cause = cause;
  }

  /** Has each model score what is missing. */
  public AnalyzedCorpus analyze(
      Corpus texts, List<Analyst> analysts, ScoringRules rules, int topK) {
    List<AnalyzedCorpus.Summary> summaries = new ArrayList<>();
    for (Analyst analyst : analysts) {
      int before = texts.size() - missing(corpora.cache(analyst, texts, rules, topK));
      try (ChunkedCache cache = analyzed(analyst, texts, rules, topK)) {
        summaries.add(AnalyzedCorpus.Summary.of(analyst.name(), before, cache));
      }
    }
    return new AnalyzedCorpus(texts.info().name(), summaries);
  }

  private static int missing(ChunkedCache cache) {
    int chunk = cache.manifest().chunk();
    return cache.missing().stream().mapToInt(c -> Math.min(chunk, cache.size() - c * chunk)).sum();
  }

  /**
   * Has both models score what is missing, and compares them.
   *
   * @param use what is made of the pair while its texts can be read
   */
  public <T> T compare(
      Corpus texts, Analyst one, Analyst two, Pairing how, Function<ComparedPair, T> use) {
    int k = CacheAnalysis.TOP_K;
    try (ChunkedCache a = analyzed(one, texts, how.rules(), k);
        ChunkedCache b = analyzed(two, texts, how.rules(), k)) {
      ComparisonTable table = table(a, b, how.clamp(), stages);
      return use.apply(
          new ComparedPair(
              how.a(),
              how.b(),
              texts,
              how.divergences() ? withDivergences(one, two, texts, table) : table));
    }
  }

  /** Compares two analyses of the same texts. */
  public static ComparisonTable table(
      AnalysisCache a, AnalysisCache b, int clamp, WorkStages stages) {
    try (WorkStages.Stage stage = stages.begin("Comparing", a.size(), "phrases")) {
      return CorpusComparison.compare(a, b, clamp, stage::done);
    }
  }

  private ChunkedCache analyzed(Analyst model, Corpus texts, ScoringRules rules, int topK) {
    try (WorkStages.Stage stage =
        stages.begin("Analyzing with " + model.name(), texts.size(), "phrases")) {
      return corpora.analyze(model, texts, rules, topK, cause, stage);
    }
  }

  private ComparisonTable withDivergences(
      Analyst one, Analyst two, Corpus texts, ComparisonTable table) {
    try (LanguageModel a = ModelLoader.load(one.directory(), load);
        LanguageModel b = ModelLoader.load(two.directory(), load);
        WorkStages.Stage stage = stages.begin("Comparing distributions", texts.size(), "phrases")) {
      return table.with(
          new PairDivergences(corpora.store()).run(a, b, texts, stage).columns(table));
    }
  }
}
