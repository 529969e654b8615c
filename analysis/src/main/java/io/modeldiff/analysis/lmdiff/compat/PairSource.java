package io.modeldiff.analysis.lmdiff.compat;

import io.modeldiff.analysis.lmdiff.cache.AnalysisCache;
import io.modeldiff.analysis.lmdiff.cache.VocabularyHash;
import io.modeldiff.analysis.lmdiff.format.AnalysisCacheFile;
import io.modeldiff.analysis.lmdiff.format.ComparisonCsv;
import io.modeldiff.analysis.lmdiff.format.ConfigDirectory;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelKind;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Two models and, when there is one, a configuration directory: what LMdiff's server is started
 * with.
 */
public final class PairSource implements ModelSource, ComparisonSource, AutoCloseable {
  private final List<String> names;
  private final Optional<ConfigDirectory> config;
  private final Function<String, ModelDirectory> directories;
  private final Function<ModelDirectory, LanguageModel> loader;
  private final Map<String, ModelDirectory> opened = new LinkedHashMap<>();
  private final Map<String, LanguageModel> loaded = new LinkedHashMap<>();

  /**
   * @param directories finds a model's directory by its name
   * @param loader loads one
   */
  public PairSource(
      String m1,
      String m2,
      Optional<ConfigDirectory> config,
      Function<String, ModelDirectory> directories,
      Function<ModelDirectory, LanguageModel> loader) {
    this.names = m1.equals(m2) ? List.of(m1) : List.of(m1, m2);
    this.config = config;
    this.directories = directories;
    this.loader = loader;
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public synchronized LanguageModel model(String name) {
    LanguageModel model = loaded.get(known(name));
    if (model == null) {
      model = loader.apply(directory(name));
      loaded.put(name, model);
    }
    return model;
  }

  @Override
  public String vocabularyHash(String name) {
    return VocabularyHash.of(directory(name).tokenizer().vocabulary());
  }

  @Override
  public boolean masked(String name) {
    return directory(name).spec().kind() == ModelKind.MASKED;
  }

  @Override
  public List<String> datasets(String m1, String m2) {
    known(m1);
    known(m2);
    return config.map(c -> List.of(c.dataset())).orElse(List.of());
  }

  @Override
  public AnalysisCache cache(String dataset, String model) {
    return AnalysisCacheFile.open(configured(dataset).cache(known(model)));
  }

  @Override
  public List<ComparisonCsv.Row> rows(String dataset, String m1, String m2) {
    try {
      return ComparisonCsv.read(configured(dataset).comparison(known(m1), known(m2)));
    } catch (IOException e) {
      throw UserException.badInput(
          "There is no comparison of " + m1 + " and " + m2 + " on " + dataset + ".", e);
    }
  }

  @Override
  public synchronized void close() {
    loaded.values().forEach(LanguageModel::close);
    loaded.clear();
  }

  private synchronized ModelDirectory directory(String name) {
    return opened.computeIfAbsent(known(name), directories);
  }

  private ConfigDirectory configured(String dataset) {
    return config
        .filter(c -> c.dataset().equals(dataset))
        .orElseThrow(
            () ->
                UserException.badInput(
                    "There is no analysed dataset '"
                        + dataset
                        + "' here; "
                        + config
                            .map(c -> "there is " + c.dataset())
                            .orElse("start the server with --lmdiff-config to serve one")
                        + "."));
  }

  private String known(String name) {
    if (!names.contains(name)) {
      throw UserException.badInput(
          "There is no model '" + name + "' here; there are " + String.join(" and ", names) + ".");
    }
    return name;
  }
}
