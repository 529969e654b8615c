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
    String field = c.has("hidden_activation") ? "hidden_activation" : "hidden_act";
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
