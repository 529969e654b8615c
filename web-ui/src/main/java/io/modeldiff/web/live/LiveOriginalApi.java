package io.modeldiff.web.live;

import io.modeldiff.analysis.lmdiff.cache.AnalysisCache;
import io.modeldiff.analysis.lmdiff.cache.CacheAnalysis;
import io.modeldiff.analysis.lmdiff.cache.ChunkedCache;
import io.modeldiff.analysis.lmdiff.cache.ScoringRules;
import io.modeldiff.analysis.lmdiff.cache.VocabularyHash;
import io.modeldiff.analysis.lmdiff.comparison.ComparisonTable;
import io.modeldiff.analysis.lmdiff.comparison.CorpusComparison;
import io.modeldiff.analysis.lmdiff.compat.ComparisonSource;
import io.modeldiff.analysis.lmdiff.compat.ModelSource;
import io.modeldiff.analysis.lmdiff.compat.OriginalApi;
import io.modeldiff.analysis.lmdiff.compat.OriginalApiServer;
import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.analysis.lmdiff.format.ComparisonCsv;
import io.modeldiff.analysis.lmdiff.measure.Measure;
import io.modeldiff.analysis.lmdiff.measure.TokenDifferences;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.web.platform.Corpora;
import io.modeldiff.web.platform.Corpora.Analyst;
import io.modeldiff.web.platform.RunningPlatform;
import io.modeldiff.web.service.ModelService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The original LMdiff's API over the platform: its models are the registered ones, its data sets
 * the corpora that both models have analysed.
 */
final class LiveOriginalApi implements OriginalApi {
  private final RunningPlatform platform;
  private final LiveModels models;
  private final ModelPool pool;
  private final Map<String, String> vocabularies = new ConcurrentHashMap<>();

  LiveOriginalApi(RunningPlatform platform, LiveModels models, ModelPool pool) {
    this.platform = platform;
    this.models = models;
    this.pool = pool;
  }

  @Override
  public List<Map<String, Object>> allModels() {
    return server(Map.of()).allModels();
  }

  @Override
  public List<String> availableDatasets(String m1, String m2) {
    return server(Map.of()).availableDatasets(m1, m2);
  }

  @Override
  public Map<String, Object> newSuggestions(SuggestionRequest request) {
    return server(Map.of()).newSuggestions(request);
  }

  @Override
  public Map<String, Object> analyzeText(String m1, String m2, String text) {
    return pool.with(
        models.find(m1), models.find(m2), (a, b) -> server(m1, a, m2, b).analyzeText(m1, m2, text));
  }

  @Override
  public Map<String, Object> specificAttention(
      String m1, String m2, String text, int tokenIndex, boolean outward) {
    return pool.with(
        models.find(m1),
        models.find(m2),
        (a, b) -> server(m1, a, m2, b).specificAttention(m1, m2, text, tokenIndex, outward));
  }

  private OriginalApi server(String m1, LanguageModel a, String m2, LanguageModel b) {
    return server(m1.equals(m2) ? Map.of(m1, a) : Map.of(m1, a, m2, b));
  }

  private OriginalApi server(Map<String, LanguageModel> loaded) {
    return new OriginalApiServer(new Registered(loaded), new Analysed(), false);
  }

  private Analyst analyst(String model) {
    return new Analyst(model, pool.directory(models.find(model)), "f32");
  }

  /** Registered models whose files are there. */
  private final class Registered implements ModelSource {
    private final Map<String, LanguageModel> loaded;

    Registered(Map<String, LanguageModel> loaded) {
      this.loaded = loaded;
    }

    @Override
    public List<String> names() {
      List<String> names = new ArrayList<>();
      for (ModelService.Model model : models.list()) {
        try {
          vocabularyHash(model.name());
          names.add(model.name());
        } catch (UserException e) {
          continue; // a model whose directory vanished must not hide the others
        }
      }
      return names;
    }

    @Override
    public LanguageModel model(String name) {
      LanguageModel model = loaded.get(name);
      if (model == null) {
        throw new IllegalStateException("not loaded: " + name);
      }
      return model;
    }

    @Override
    public String vocabularyHash(String name) {
      return vocabularies.computeIfAbsent(
          models.find(name).hash(),
          hash -> VocabularyHash.of(analyst(name).directory().tokenizer().vocabulary()));
    }

    @Override
    public boolean masked(String name) {
      return models.find(name).kind().equals("masked");
    }
  }

  /** Corpora that both models have analysed. */
  private final class Analysed implements ComparisonSource {
    @Override
    public List<String> datasets(String m1, String m2) {
      Corpora corpora = platform.corpora();
      Analyst a = analyst(m1);
      Analyst b = analyst(m2);
      return corpora.registered().keySet().stream()
          .filter(name -> complete(corpora, a, name) && complete(corpora, b, name))
          .toList();
    }

    private boolean complete(Corpora corpora, Analyst model, String name) {
      return corpora
          .analysed(model, corpora.open(name), ScoringRules.STANDARD, CacheAnalysis.TOP_K)
          .isPresent();
    }

    @Override
    public AnalysisCache cache(String dataset, String model) {
      return chunked(dataset, model);
    }

    private ChunkedCache chunked(String dataset, String model) {
      Corpora corpora = platform.corpora();
      Corpus corpus = corpora.open(dataset);
      return corpora
          .analysed(analyst(model), corpus, ScoringRules.STANDARD, CacheAnalysis.TOP_K)
          .orElseThrow(
              () ->
                  UserException.badInput(
                      "Corpus "
                          + dataset
                          + " has not been analysed with model "
                          + model
                          + "; run corpus analyze --model "
                          + model
                          + " --corpus "
                          + dataset
                          + " first."));
    }

    @Override
    public List<ComparisonCsv.Row> rows(String dataset, String m1, String m2) {
      try (ChunkedCache a = chunked(dataset, m1);
          ChunkedCache b = chunked(dataset, m2)) {
        ComparisonTable table =
            CorpusComparison.compare(a, b, TokenDifferences.DEFAULT_CLAMP, done -> {});
        List<ComparisonCsv.Row> rows = new ArrayList<>(table.rows());
        for (int row = 0; row < table.rows(); row++) {
          double[] values = new double[Measure.ORIGINAL.size()];
          for (int m = 0; m < values.length; m++) {
            values[m] = table.column(Measure.ORIGINAL.get(m))[row];
          }
          rows.add(new ComparisonCsv.Row(table.phrases()[row], table.tokens()[row], values));
        }
        return rows;
      }
    }
  }
}
