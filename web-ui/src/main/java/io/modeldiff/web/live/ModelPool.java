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

  synchronized ModelDirectory directory(ModelRegistered model) {
    return directories.computeIfAbsent(
        model.hash(), hash -> ModelDirectory.open(Path.of(model.path())));
  }

  /** The tokenizer of a model that a campaign names. */
  Tokenizer tokenizer(ModelRef model) {
    ModelDirectory found;
    synchronized (this) {
      found =
          directories.computeIfAbsent(
              model.hash(), hash -> ModelDirectory.open(Path.of(model.path())));
    }
    return found.tokenizer();
  }

  /** Work on two loaded models; one caller at a time, so that none is closed in use. */
  synchronized <T> T with(ModelRegistered a, ModelRegistered b, Work<T> work) {
    return work.on(load(a), load(b));
  }

  private LanguageModel load(ModelRegistered model) {
    LanguageModel found = loaded.get(model.hash());
    if (found == null) {
      found = ModelLoader.load(directory(model), new LoadOptions(device, "auto"));
      loaded.put(model.hash(), found);
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
