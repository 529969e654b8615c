package io.modeldiff.core.lm.arch;

import io.modeldiff.core.lm.files.ConfigJson;
import java.util.List;

/** Qwen2: Llama with biases on queries, keys and values, and a window in the upper layers. */
final class Qwen2 extends LlamaFamily {
  @Override
  public String modelType() {
    return "qwen2";
  }

  @Override
  public List<String> classes() {
    return List.of("Qwen2ForCausalLM");
  }

  @Override
  boolean attentionBias(ConfigJson c) {
    return true;
  }

  @Override
  boolean outputBias(ConfigJson c) {
    return false;
  }

  @Override
  int window(ConfigJson c) {
    boolean used = c.flag("use_sliding_window", false);
    return used && !c.json().path("sliding_window").isNull() ? c.count("sliding_window", 4096) : 0;
  }

  @Override
  boolean windowedByDefault(ConfigJson c, int layer) {
    return layer >= c.number("max_window_layers", 28);
  }
}
