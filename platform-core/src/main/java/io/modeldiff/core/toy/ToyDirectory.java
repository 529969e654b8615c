package io.modeldiff.core.toy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldiff.core.modeldir.FloatType;
import io.modeldiff.core.modeldir.SafetensorsWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes a trained toy as a Hugging Face directory that other tools can load. */
public final class ToyDirectory {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ToyDirectory() {}

  /** Writes config.json, generation_config.json, the tokenizer and the weights. */
  public static void write(Path directory, ToySize size, ToyTraining.Result trained)
      throws IOException {
    Files.createDirectories(directory);
    write(directory.resolve("config.json"), config(size));
    write(directory.resolve("generation_config.json"), generationConfig());
    copyResource("tokenizer.json", directory);
    copyResource("tokenizer_config.json", directory);
    List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
    for (Map.Entry<String, float[]> weight : trained.weights().entrySet()) {
      tensors.add(
          new SafetensorsWriter.Tensor(
              weight.getKey(),
              FloatType.F32,
              Objects.requireNonNull(trained.shapes().get(weight.getKey())),
              SafetensorsWriter.Values.of(weight.getValue())));
    }
    SafetensorsWriter.write(directory.resolve("model.safetensors"), tensors);
  }

  private static ObjectNode config(ToySize size) {
    ObjectNode config = JSON.createObjectNode();
    config.putArray("architectures").add("GPT2LMHeadModel");
    return config
        .put("model_type", "gpt2")
        .put("activation_function", "gelu_new")
        .put("n_embd", ToyNetwork.WIDTH)
        .put("n_layer", size.layers())
        .put("n_head", size.heads())
        .putNull("n_inner")
        .put("vocab_size", ToyNetwork.VOCABULARY)
        .put("n_positions", ToyNetwork.POSITIONS)
        .put("layer_norm_epsilon", 1e-5)
        .put("bos_token_id", ToyNetwork.BOS)
        .put("eos_token_id", ToyNetwork.BOS)
        .put("tie_word_embeddings", true)
        .put("attn_pdrop", 0.0)
        .put("embd_pdrop", 0.0)
        .put("resid_pdrop", 0.0)
        .put("initializer_range", 0.02)
        .put("scale_attn_weights", true)
        .put("torch_dtype", "float32");
  }

  private static ObjectNode generationConfig() {
    return JSON.createObjectNode()
        .put("_from_model_config", true)
        .put("bos_token_id", ToyNetwork.BOS)
        .put("eos_token_id", ToyNetwork.BOS)
        .put("use_cache", true);
  }

  private static void write(Path file, ObjectNode json) throws IOException {
    Files.writeString(file, json.toPrettyString() + "\n");
  }

  private static void copyResource(String name, Path directory) throws IOException {
    try (InputStream in = ToyDirectory.class.getResourceAsStream(name)) {
      Files.write(directory.resolve(name), Objects.requireNonNull(in, name).readAllBytes());
    }
  }
}
