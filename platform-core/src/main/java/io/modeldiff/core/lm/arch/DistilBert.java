package io.modeldiff.core.lm.arch;

import ai.djl.ndarray.NDArray;
import io.modeldiff.core.lm.ModelKind;
import io.modeldiff.core.lm.arch.TransformerWeights.Layer;
import io.modeldiff.core.lm.files.ConfigJson;
import java.util.Collections;
import java.util.List;

/** DistilBERT as a masked language model. */
final class DistilBert implements Architecture {
  @Override
  public String modelType() {
    return "distilbert";
  }

  @Override
  public List<String> classes() {
    return List.of("DistilBertForMaskedLM");
  }

  @Override
  public String prefix() {
    return "distilbert.";
  }

  @Override
  public TransformerSpec spec(ConfigJson c) {
    int d = c.count("dim", "hidden_size");
    int heads = c.count("n_heads", "num_attention_heads");
    if (d % heads != 0) {
      throw c.unsupported("n_heads", heads, "divisors of dim = " + d);
    }
    int layers = c.count("n_layers", "num_hidden_layers");
    return new TransformerSpec(
        ModelKind.MASKED,
        c.count("vocab_size"),
        c.count("max_position_embeddings"),
        d,
        layers,
        heads,
        heads,
        d / heads,
        c.count("hidden_dim"),
        Norm.LAYER,
        1e-12f,
        true,
        false,
        Activation.of(c, "activation", "gelu"),
        false,
        null,
        0,
        Collections.nCopies(layers, false),
        1f);
  }

  @Override
  public TransformerWeights weights(ConfigJson c, TransformerSpec s, WeightReader r) {
    long d = s.width();
    String words = "embeddings.word_embeddings.weight";
    boolean wish = c.flag("tie_word_embeddings", true);
    boolean tied = r.tied(wish, words, "vocab_projector.weight", s.vocabulary(), d);
    NDArray tokens = r.keep(r.readTokens(words, "vocab_projector.weight", tied, s.vocabulary(), d));
    float scale = (float) (1 / Math.sqrt(s.headDim()));
    List<Layer> layers =
        r.layers(
            s.layers(),
            i -> {
              String at = "transformer.layer." + i + ".";
              String self = at + "attention.";
              return new Layer(
                  r.norm(at + "sa_layer_norm", d),
                  r.qkv(s, scale, self + "q_lin", self + "k_lin", self + "v_lin", true, null),
                  r.linear(self + "out_lin", d, d, true, null),
                  r.norm(at + "output_layer_norm", d),
                  r.linear(at + "ffn.lin1", s.inner(), d, true, null),
                  r.linear(at + "ffn.lin2", d, s.inner(), true, null));
            });
    return new TransformerWeights(
        tokens,
        r.keep(r.read("embeddings.position_embeddings.weight", s.positions(), d)),
        r.norm("embeddings.LayerNorm", d),
        layers,
        null,
        r.linear("vocab_transform", d, d, true, null),
        r.norm("vocab_layer_norm", d),
        tied ? tokens : r.keep(r.read("vocab_projector.weight", s.vocabulary(), d)),
        r.keep(r.read("vocab_projector.bias", s.vocabulary())));
  }
}
