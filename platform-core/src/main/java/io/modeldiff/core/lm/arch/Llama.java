package io.modeldiff.core.lm.arch;

import io.modeldiff.core.lm.files.ConfigJson;
import java.util.List;

/** Llama 1, 2 and 3, and models published under its type. */
final class Llama extends LlamaFamily {
  @Override
  public String modelType() {
    return "llama";
  }

  @Override
  public List<String> classes() {
    return List.of("LlamaForCausalLM", "LLaMAForCausalLM");
  }

  @Override
  boolean attentionBias(ConfigJson c) {
    return c.flag("attention_bias", false);
  }

  @Override
  boolean feedForwardBias(ConfigJson c) {
    return c.flag("mlp_bias", false);
  }

  /** The first Llama had as many key/value heads as heads, and no field for them. */
  @Override
  int keyValueHeads(ConfigJson c, int heads) {
    return c.count("num_key_value_heads", heads);
  }
}
