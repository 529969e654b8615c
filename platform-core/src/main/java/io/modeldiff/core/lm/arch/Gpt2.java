package io.modeldiff.core.lm.arch;

import ai.djl.ndarray.NDArray;
import io.modeldiff.core.lm.ModelKind;
import io.modeldiff.core.lm.arch.TransformerWeights.Affine;
import io.modeldiff.core.lm.arch.TransformerWeights.Layer;
import io.modeldiff.core.lm.files.ConfigJson;
import java.util.Collections;
import java.util.List;

/** GPT-2, DistilGPT-2 and their fine-tunes. */
final class Gpt2 implements Architecture {
  @Override
  public String modelType() {
    return "gpt2";
  }

  @Override
  public List<String> classes() {
    return List.of("GPT2LMHeadModel", "GPT2Model", "GPT2DoubleHeadsModel");
  }

  @Override
  public String prefix() {
    return "transformer.";
  }

  @Override
  public TransformerSpec spec(ConfigJson c) {
    int d = c.count("n_embd", "hidden_size");
    int heads = c.count("n_head", "num_attention_heads");
    int layers = c.count("n_layer", "num_hidden_layers");
    if (d % heads != 0) {
      throw c.unsupported("n_head", heads, "divisors of n_embd = " + d);
    }
    if (c.flag("add_cross_attention", false)) {
      throw c.unsupported("add_cross_attention", true, "false");
    }
    return new TransformerSpec(
        ModelKind.CAUSAL,
        c.count("vocab_size"),
        c.count("n_positions", "n_ctx", "max_position_embeddings"),
        d,
        layers,
        heads,
        heads,
        d / heads,
        c.count("n_inner", 4 * d),
        Norm.LAYER,
        c.epsilon("layer_norm_epsilon", 1e-5),
        false,
        false,
        Activation.of(c, "activation_function", "gelu_new"),
        false,
        null,
        0,
        Collections.nCopies(layers, false),
        1f);
  }

  @Override
  public TransformerWeights weights(ConfigJson c, TransformerSpec s, WeightReader r) {
    long d = s.width();
    // In float32 it changes nothing: products are taken in float32 anyway, in whatever order.
    if (r.half() && c.flag("reorder_and_upcast_attn", false)) {
      throw c.unsupported("reorder_and_upcast_attn", true, "true with --dtype f32, false with f16");
    }
    boolean wish = c.flag("tie_word_embeddings", true);
    boolean tied = r.tied(wish, "wte.weight", "lm_head.weight", s.vocabulary(), d);
    NDArray tokens = r.keep(r.readTokens("wte.weight", "lm_head.weight", tied, s.vocabulary(), d));
    List<Layer> layers =
        r.layers(
            s.layers(),
            i -> {
              String h = "h." + i + ".";
              return new Layer(
                  r.norm(h + "ln_1", d),
                  attention(c, s, r, h + "attn.c_attn", i),
                  r.conv1d(h + "attn.c_proj", d, d),
                  r.norm(h + "ln_2", d),
                  r.conv1d(h + "mlp.c_fc", d, s.inner()),
                  r.conv1d(h + "mlp.c_proj", s.inner(), d));
            });
    return new TransformerWeights(
        tokens,
        r.keep(r.read("wpe.weight", s.positions(), d)),
        null,
        layers,
        r.norm("ln_f", d),
        null,
        null,
        tied ? tokens : r.keep(r.read("lm_head.weight", s.vocabulary(), d)),
        null);
  }

  private static Affine attention(
      ConfigJson c, TransformerSpec s, WeightReader r, String name, int layer) {
    double scale = c.flag("scale_attn_weights", true) ? 1 / Math.sqrt(s.headDim()) : 1;
    if (c.flag("scale_attn_by_inverse_layer_idx", false)) {
      scale /= layer + 1;
    }
    long d = s.width();
    var w = r.read(name + ".weight", d, 3 * d).transpose().split(3, 0);
    var b = r.read(name + ".bias", 3 * d).split(3, 0);
    return new Affine(
        r.keep(WeightReader.fuse(s, (float) scale, w.get(0), w.get(1), w.get(2))),
        r.keep(WeightReader.fuse(s, (float) scale, b.get(0), b.get(1), b.get(2))));
  }
}
