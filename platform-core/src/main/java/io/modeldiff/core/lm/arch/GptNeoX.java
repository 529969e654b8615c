package io.modeldiff.core.lm.arch;

import ai.djl.ndarray.NDArray;
import io.modeldiff.core.lm.ModelKind;
import io.modeldiff.core.lm.arch.TransformerWeights.Affine;
import io.modeldiff.core.lm.arch.TransformerWeights.Layer;
import io.modeldiff.core.lm.files.ConfigJson;
import java.util.Collections;
import java.util.List;

/** GPT-NeoX and Pythia: parallel or sequential residual, partial rotary positions. */
final class GptNeoX implements Architecture {
  @Override
  public String modelType() {
    return "gpt_neox";
  }

  @Override
  public List<String> classes() {
    return List.of("GPTNeoXForCausalLM");
  }

  @Override
  public String prefix() {
    return "gpt_neox.";
  }

  @Override
  public TransformerSpec spec(ConfigJson c) {
    int d = c.count("hidden_size");
    int heads = c.count("num_attention_heads");
    if (d % heads != 0) {
      throw c.unsupported("num_attention_heads", heads, "divisors of hidden_size = " + d);
    }
    double share =
        c.object("rope_parameters").number("partial_rotary_factor", c.number("rotary_pct", 0.25));
    if (c.number("partial_rotary_factor", share) != share) {
      throw c.unsupported("partial_rotary_factor", c.number("partial_rotary_factor"), "" + share);
    }
    int rotated = (int) (d / heads * share);
    if (rotated < 1 || (rotated + 1) / 2 * 2 > d / heads) {
      throw c.unsupported(
          "rotary_pct", share, "shares that rotate 1 to " + d / heads + " dimensions");
    }
    int layers = c.count("num_hidden_layers");
    return new TransformerSpec(
        ModelKind.CAUSAL,
        c.count("vocab_size"),
        c.count("max_position_embeddings"),
        d,
        layers,
        heads,
        heads,
        d / heads,
        c.count("intermediate_size"),
        Norm.LAYER,
        c.epsilon("layer_norm_eps", 1e-5),
        false,
        c.flag("use_parallel_residual", true),
        Activation.of(c, "hidden_act", "gelu"),
        false,
        RopeReader.read(c, "rotary_emb_base", rotated),
        0,
        Collections.nCopies(layers, false),
        1f);
  }

  @Override
  public TransformerWeights weights(ConfigJson c, TransformerSpec s, WeightReader r) {
    long d = s.width();
    boolean bias = c.flag("attention_bias", true);
    boolean wish = c.flag("tie_word_embeddings", false);
    boolean tied = r.tied(wish, "embed_in.weight", "embed_out.weight", s.vocabulary(), d);
    NDArray tokens =
        r.keep(r.readTokens("embed_in.weight", "embed_out.weight", tied, s.vocabulary(), d));
    List<Layer> layers =
        r.layers(
            s.layers(),
            i -> {
              String at = "layers." + i + ".";
              return new Layer(
                  r.norm(at + "input_layernorm", d),
                  attention(s, r, at + "attention.query_key_value", bias),
                  r.linear(at + "attention.dense", d, d, bias, null),
                  r.norm(at + "post_attention_layernorm", d),
                  r.linear(at + "mlp.dense_h_to_4h", s.inner(), d, true, null),
                  r.linear(at + "mlp.dense_4h_to_h", d, s.inner(), true, null));
            });
    return new TransformerWeights(
        tokens,
        null,
        null,
        layers,
        r.norm("final_layer_norm", d),
        null,
        null,
        tied ? tokens : r.keep(r.read("embed_out.weight", s.vocabulary(), d)),
        null);
  }

  /** Stored fused as [heads, (query, key, value), headDim]. */
  private static Affine attention(TransformerSpec s, WeightReader r, String name, boolean bias) {
    long d = s.width();
    float scale = (float) (1 / Math.sqrt(s.headDim()));
    NDArray weight = r.read(name + ".weight", 3 * d, d).reshape(s.heads(), 3, s.headDim(), d);
    NDArray fused = split(s, scale, weight, d);
    return new Affine(
        r.keep(fused.reshape(3 * d, d)),
        bias
            ? r.keep(
                split(
                        s,
                        scale,
                        r.read(name + ".bias", 3 * d).reshape(s.heads(), 3, s.headDim(), 1),
                        1)
                    .reshape(3 * d))
            : null);
  }

  private static NDArray split(TransformerSpec s, float scale, NDArray byHead, long columns) {
    long rows = (long) s.heads() * s.headDim();
    var parts = byHead.split(3, 1);
    return WeightReader.fuse(
        s,
        scale,
        parts.get(0).reshape(rows, columns),
        parts.get(1).reshape(rows, columns),
        parts.get(2).reshape(rows, columns));
  }
}
