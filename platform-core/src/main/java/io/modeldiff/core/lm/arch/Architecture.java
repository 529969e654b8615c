package io.modeldiff.core.lm.arch;

import io.modeldiff.core.lm.files.ConfigJson;
import java.util.List;

/**
 * One family of models: how its config.json and its tensor names map to the common transformer. A
 * new one is one file like {@link Gpt2}, one entry in {@link Architectures} and a reference test.
 */
public interface Architecture {
  /** {@code model_type} of config.json. */
  String modelType();

  /** {@code architectures} entries that this class can load. */
  List<String> classes();

  /** Optional prefix of tensor names. */
  String prefix();

  /** Reads the shape; refuses every option that it does not implement, by name. */
  TransformerSpec spec(ConfigJson config);

  /** Reads the weights. */
  TransformerWeights weights(ConfigJson config, TransformerSpec spec, WeightReader reader);
}
