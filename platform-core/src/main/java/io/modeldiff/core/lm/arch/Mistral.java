package io.modeldiff.core.lm.arch;

import io.modeldiff.core.lm.files.ConfigJson;
import java.util.List;

/** Mistral: Llama with an optional sliding window. */
final class Mistral extends LlamaFamily {
  @Override
  public String modelType() {
    return "mistral";
  }

  @Override
  public List<String> classes() {
    return List.of("MistralForCausalLM");
  }

  @Override
  boolean attentionBias(ConfigJson c) {
    return false;
  }

  /** null means no window; a config.json without the field means the type's 4096. */
  @Override
  int window(ConfigJson c) {
    return c.json().path("sliding_window").isNull() ? 0 : c.count("sliding_window", 4096);
  }
}
