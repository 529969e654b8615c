package io.modeldiff.core.lm.arch;

import ai.djl.ndarray.NDArray;
import io.modeldiff.core.lm.ModelKind;
import io.modeldiff.core.lm.arch.TransformerWeights.Layer;
import io.modeldiff.core.lm.files.ConfigJson;
import java.util.Collections;
import java.util.List;

/** BERT as a masked language model. */
final class Bert implements Architecture {
  @Override
  public String modelType() {
    return "bert";
  }

  @Override
  public List<String> classes() {
    return List.of("BertForMaskedLM", "BertForPreTraining");
  }

  @Override
  public String prefix() {
    return "bert.";
  }

  @Override
  public TransformerSpec spec(ConfigJson c) {
    String positions = c.text("position_embedding_type", "absolute");
    if (!positions.equals("absolute")) {
      throw c.unsupported("position_embedding_type", positions, "absolute");
    }
    if (c.flag("is_decoder", false)) {
      throw c.unsupported("is_decoder", true, "false");
    }
    int d = c.count("hidden_size");
    int heads = c.count("num_attention_heads");
    if (d % heads != 0) {
      throw c.unsupported("num_attention_heads", heads, "divisors of hidden_size = " + d);
    }
    int layers = c.count("num_hidden_layers");
    return new TransformerSpec(
        ModelKind.MASKED,
        c.count("vocab_size"),
        c.count("max_position_embeddings"),
        d,
        layers,
        heads,
        heads,
        d / heads,
        c.count("intermediate_size"),
        Norm.LAYER,
        c.epsilon("layer_norm_eps", 1e-12),
        true,
        false,
        Activation.of(c, "hidden_act", "gelu"),
        false,
        null,
        0,
        Collections.nCopies(layers, false),
        1f);
  }

  @Override
  public TransformerWeights weights(ConfigJson c, TransformerSpec s, WeightReader r) {
    long d = s.width();
    String head = "cls.predictions.";
    String words = "embeddings.word_embeddings.weight";
    boolean wish = c.flag("tie_word_embeddings", true);
    boolean tied = r.tied(wish, words, head + "decoder.weight", s.vocabulary(), d);
    NDArray tokens = r.keep(r.readTokens(words, head + "decoder.weight", tied, s.vocabulary(), d));
    NDArray types =
        r.read("embeddings.token_type_embeddings.weight", c.count("type_vocab_size", 2), d);
    NDArray positions = r.read("embeddings.position_embeddings.weight", s.positions(), d);
    float scale = (float) (1 / Math.sqrt(s.headDim()));
    List<Layer> layers =
        r.layers(
            s.layers(),
            i -> {
              String at = "encoder.layer." + i + ".";
              String self = at + "attention.self.";
              return new Layer(
                  r.norm(at + "attention.output.LayerNorm", d),
                  r.qkv(s, scale, self + "query", self + "key", self + "value", true, null),
                  r.linear(at + "attention.output.dense", d, d, true, null),
                  r.norm(at + "output.LayerNorm", d),
                  r.linear(at + "intermediate.dense", s.inner(), d, true, null),
                  r.linear(at + "output.dense", d, s.inner(), true, null));
            });
    // The decoder adds its own bias, of which the head's is another name.
    String bias = r.has(head + "decoder.bias") ? head + "decoder.bias" : head + "bias";
    return new TransformerWeights(
        tokens,
        // One segment only: its embedding joins the positions'.
        r.keep(positions.add(types.get(0))),
        r.norm("embeddings.LayerNorm", d),
        layers,
        null,
        r.linear(head + "transform.dense", d, d, true, null),
        r.norm(head + "transform.LayerNorm", d),
        tied ? tokens : r.keep(r.read(head + "decoder.weight", s.vocabulary(), d)),
        r.keep(r.read(bias, s.vocabulary())));
  }
}
