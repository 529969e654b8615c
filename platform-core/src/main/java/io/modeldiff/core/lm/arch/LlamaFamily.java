package io.modeldiff.core.lm.arch;

import ai.djl.ndarray.NDArray;
import io.modeldiff.core.lm.ModelKind;
import io.modeldiff.core.lm.arch.TransformerWeights.Affine;
import io.modeldiff.core.lm.arch.TransformerWeights.Layer;
import io.modeldiff.core.lm.files.ConfigJson;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What Llama and its relatives share: RMS norms, rotary positions, grouped queries, gated
 * feed-forward layers, and the names of their tensors. The relatives differ in what they override.
 */
abstract class LlamaFamily implements Architecture {
  private static final String SLIDING = "sliding_attention";
  private static final String FULL = "full_attention";

  @Override
  public String prefix() {
    return "model.";
  }

  /** Whether query, key and value projections have biases. */
  abstract boolean attentionBias(ConfigJson c);

  /** Whether the attention output has a bias. */
  boolean outputBias(ConfigJson c) {
    return attentionBias(c);
  }

  /** Whether feed-forward layers have biases. */
  boolean feedForwardBias(ConfigJson c) {
    return false;
  }

  /** Key/value heads; null means as many as heads. */
  int keyValueHeads(ConfigJson c, int heads) {
    return c.json().path("num_key_value_heads").isNull() ? heads : c.count("num_key_value_heads");
  }

  /** Head dimension when config.json does not say. */
  int headDim(ConfigJson c, int width, int heads) {
    if (!c.has("head_dim") && width % heads != 0) {
      throw c.unsupported("num_attention_heads", heads, "divisors of hidden_size = " + width);
    }
    return c.count("head_dim", width / heads);
  }

  /** Sliding window in tokens, 0 for none. */
  int window(ConfigJson c) {
    return 0;
  }

  /** Whether a layer has the sliding window where config.json has no {@code layer_types}. */
  boolean windowedByDefault(ConfigJson c, int layer) {
    return true;
  }

  private List<Boolean> windowed(ConfigJson c, int layers) {
    List<String> types = c.texts("layer_types");
    if (window(c) == 0) {
      return Collections.nCopies(layers, false);
    }
    if (types == null) {
      return IntStream.range(0, layers).mapToObj(i -> windowedByDefault(c, i)).toList();
    }
    if (types.size() != layers || !List.of(SLIDING, FULL).containsAll(types)) {
      throw c.unsupported("layer_types", types, layers + " times " + FULL + " or " + SLIDING);
    }
    return types.stream().map(SLIDING::equals).toList();
  }

  Activation activation(ConfigJson c) {
    return Activation.of(c, "hidden_act", "silu");
  }

  float embeddingScale(int width) {
    return 1f;
  }

  boolean tiedByDefault() {
    return false;
  }

  /** A norm's weight as it multiplies. */
  NDArray normWeight(NDArray stored) {
    return stored;
  }

  @Override
  public TransformerSpec spec(ConfigJson c) {
    int d = c.count("hidden_size");
    int heads = c.count("num_attention_heads");
    int kvHeads = keyValueHeads(c, heads);
    if (heads % kvHeads != 0) {
      throw c.unsupported("num_key_value_heads", kvHeads, "divisors of " + heads + " heads");
    }
    int headDim = headDim(c, d, heads);
    for (ConfigJson at : List.of(c, c.object("rope_parameters"), c.object("rope_scaling"))) {
      if (at.number("partial_rotary_factor", 1) != 1) {
        throw at.unsupported("partial_rotary_factor", at.number("partial_rotary_factor"), "1");
      }
    }
    int layers = c.count("num_hidden_layers");
    return new TransformerSpec(
        ModelKind.CAUSAL,
        c.count("vocab_size"),
        c.count("max_position_embeddings", "max_sequence_length"),
        d,
        layers,
        heads,
        kvHeads,
        headDim,
        c.count("intermediate_size"),
        Norm.RMS,
        c.epsilon("rms_norm_eps", 1e-6),
        false,
        false,
        activation(c),
        true,
        RopeReader.read(c, "rope_theta", headDim),
        window(c),
        windowed(c, layers),
        embeddingScale(d));
  }

  @Override
  public TransformerWeights weights(ConfigJson c, TransformerSpec s, WeightReader r) {
    long d = s.width();
    boolean wish = c.flag("tie_word_embeddings", tiedByDefault());
    boolean tied = r.tied(wish, "embed_tokens.weight", "lm_head.weight", s.vocabulary(), d);
    NDArray tokens =
        r.keep(r.readTokens("embed_tokens.weight", "lm_head.weight", tied, s.vocabulary(), d));
    List<Layer> layers = r.layers(s.layers(), i -> layer(c, s, r, "layers." + i + "."));
    NDArray norm = normWeight(r.read("norm.weight", d));
    NDArray head = tied ? tokens : r.keep(r.read("lm_head.weight", s.vocabulary(), d).mul(norm));
    Affine finalNorm = tied ? new Affine(r.keep(norm), null) : null;
    return new TransformerWeights(tokens, null, null, layers, finalNorm, null, null, head, null);
  }

  private Layer layer(ConfigJson c, TransformerSpec s, WeightReader r, String at) {
    long d = s.width();
    long joined = (long) s.heads() * s.headDim();
    String a = at + "self_attn.";
    NDArray before = normWeight(r.read(at + "input_layernorm.weight", d));
    NDArray between = normWeight(r.read(at + "post_attention_layernorm.weight", d));
    float scale = (float) (1 / Math.sqrt(s.headDim()));
    return new Layer(
        null,
        r.qkv(s, scale, a + "q_proj", a + "k_proj", a + "v_proj", attentionBias(c), before),
        r.linear(a + "o_proj", d, joined, outputBias(c), null),
        null,
        gate(c, s, r, at + "mlp.", between),
        r.linear(at + "mlp.down_proj", d, s.inner(), feedForwardBias(c), null));
  }

  private Affine gate(
      ConfigJson c, TransformerSpec s, WeightReader r, String at, @Nullable NDArray fold) {
    return r.stacked(
        at + "gate_proj", at + "up_proj", s.inner(), s.width(), feedForwardBias(c), fold);
  }
}
