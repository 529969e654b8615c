package io.modeldiff.core.lm;

import io.modeldiff.core.lm.torch.TorchModel;
import java.nio.file.Path;

/** Loads Hugging Face directories as language models. */
public final class ModelLoader {
  private ModelLoader() {}

  /**
   * Loads a model. Faults of the directory are {@link io.modeldiff.core.error.UserException}s that
   * name the file, tensor or field.
   */
  public static LanguageModel load(Path directory, LoadOptions options) {
    return load(ModelDirectory.open(directory), options);
  }

  /** Loads the weights of an opened directory. */
  public static LanguageModel load(ModelDirectory directory, LoadOptions options) {
    return TorchModel.load(directory, options);
  }
}
