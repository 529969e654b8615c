package io.modeldiff.core.lm.arch;

import ai.djl.ndarray.NDArray;
import io.modeldiff.core.lm.files.ConfigJson;
import java.util.List;

/** Gemma, first generation: embeddings scaled by √d, norm weights stored as differences from 1. */
final class Gemma extends LlamaFamily {
  @Override
  public String modelType() {
    return "gemma";
  }

  @Override
  public List<String> classes() {
    return List.of("GemmaForCausalLM");
  }

  @Override
  public TransformerSpec spec(ConfigJson c) {
    if (c.flag("use_bidirectional_attention", false)) {
      throw c.unsupported("use_bidirectional_attention", true, "false");
    }
    return super.spec(c);
  }

  @Override
  boolean attentionBias(ConfigJson c) {
    return c.flag("attention_bias", false);
  }

  @Override
  int headDim(ConfigJson c, int width, int heads) {
    return c.count("head_dim", 256);
  }

  /** The first releases say {@code gelu} and mean its tanh approximation. */
  @Override
  Activation activation(ConfigJson c) {
    Activation act = named(c, "hidden_act");
    if (c.has("hidden_activation") && named(c, "hidden_activation") != act) {
      if (c.has("hidden_act")) {
        throw c.unsupported(
            "hidden_activation",
            c.text("hidden_activation", ""),
            "the same as hidden_act = " + c.text("hidden_act", ""));
      }
      return named(c, "hidden_activation");
    }
    return act;
  }

  private static Activation named(ConfigJson c, String field) {
    Activation named = Activation.of(c, field, "gelu_pytorch_tanh");
    return named == Activation.GELU ? Activation.GELU_TANH : named;
  }

  @Override
  float embeddingScale(int width) {
    return (float) Math.sqrt(width);
  }

  @Override
  boolean tiedByDefault() {
    return true;
  }

  @Override
  NDArray normWeight(NDArray stored) {
    return stored.add(1f);
  }
}
