package io.modeldiff.web.live;

import io.modeldiff.core.campaign.ModelRef;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.core.lm.Tokenizer;
import io.modeldiff.core.registry.RegistryEvent.ModelRegistered;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Registered models as pages and routes need them on this node: directories for their tokenizers,
 * and a few loaded ones for single texts. Methods are safe to call from any thread.
 */
final class ModelPool implements AutoCloseable {
  private static final int LOADED = 4;

  private final String device;
  private final Map<String, ModelDirectory> directories = new LinkedHashMap<>();
  // Oldest use first; the eldest is closed when there are too many.
  private final Map<String, LanguageModel> loaded = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param device where single texts are scored
   */
  ModelPool(String device) {
    this.device = device;
  }

  ModelDirectory directory(ModelRegistered model) {
    return directory(model.hash(), model.path());
  }

  private synchronized ModelDirectory directory(String hash, String path) {
    return directories.computeIfAbsent(hash, h -> ModelDirectory.open(Path.of(path)));
  }

  /** The tokenizer of a model that a campaign names. */
  Tokenizer tokenizer(ModelRef model) {
    return directory(model.hash(), model.path()).tokenizer();
  }

  /** How models are loaded here. */
  LoadOptions loading() {
    return new LoadOptions(device, "auto");
  }

  /** Work on two loaded models; one caller at a time, so that none is closed in use. */
  synchronized <T> T with(ModelRegistered a, ModelRegistered b, Work<T> work) {
    return work.on(load(a.hash(), a.path()), load(b.hash(), b.path()));
  }

  /** The same on models that campaigns name. */
  synchronized <T> T with(ModelRef a, ModelRef b, Work<T> work) {
    return work.on(load(a.hash(), a.path()), load(b.hash(), b.path()));
  }

  private LanguageModel load(String hash, String path) {
    LanguageModel found = loaded.get(hash);
    if (found == null) {
      found = ModelLoader.load(directory(hash, path), loading());
      loaded.put(hash, found);
      if (loaded.size() > LOADED) {
        String eldest = loaded.keySet().iterator().next();
        LanguageModel dropped = loaded.remove(eldest);
        if (dropped != null) {
          dropped.close();
        }
      }
    }
    return found;
  }

  @Override
  public synchronized void close() {
    loaded.values().forEach(LanguageModel::close);
    loaded.clear();
  }

  /** What is done with two models. */
  @FunctionalInterface
  interface Work<T> {
    T on(LanguageModel a, LanguageModel b);
  }
}
