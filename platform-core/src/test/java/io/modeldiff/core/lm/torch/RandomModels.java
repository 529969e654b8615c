package io.modeldiff.core.lm.torch;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Writes Hugging Face directories of given shapes with random weights, for timing. */
final class RandomModels {
  private RandomModels() {}

  /** GPT-2 shape: V tokens, d wide, tied. */
  static Path gpt2(Path directory, int v, int positions, int d, int layers, int heads)
      throws IOException {
    Map<String, long[]> t = new LinkedHashMap<>();
    t.put("transformer.wte.weight", new long[] {v, d});
    t.put("transformer.wpe.weight", new long[] {positions, d});
    for (int i = 0; i < layers; i++) {
      String h = "transformer.h." + i + ".";
      norm(t, h + "ln_1", d);
      t.put(h + "attn.c_attn.weight", new long[] {d, 3L * d});
      t.put(h + "attn.c_attn.bias", new long[] {3L * d});
      t.put(h + "attn.c_proj.weight", new long[] {d, d});
      t.put(h + "attn.c_proj.bias", new long[] {d});
      norm(t, h + "ln_2", d);
      t.put(h + "mlp.c_fc.weight", new long[] {d, 4L * d});
      t.put(h + "mlp.c_fc.bias", new long[] {4L * d});
      t.put(h + "mlp.c_proj.weight", new long[] {4L * d, d});
      t.put(h + "mlp.c_proj.bias", new long[] {d});
    }
    norm(t, "transformer.ln_f", d);
    String config =
        """
        {"model_type":"gpt2","architectures":["GPT2LMHeadModel"],"vocab_size":%d,"n_positions":%d,
        "n_ctx":%d,"n_embd":%d,"n_layer":%d,"n_head":%d,"bos_token_id":%d,"eos_token_id":%d,
        "activation_function":"gelu_new"}
        """
            .formatted(v, positions, positions, d, layers, heads, v - 1, v - 1);
    return write(directory, config, t);
  }

  /** Llama shape with grouped queries, untied. */
  static Path llama(
      Path directory, int v, int positions, int d, int layers, int heads, int kvHeads, int inner)
      throws IOException {
    Map<String, long[]> t = new LinkedHashMap<>();
    long kv = (long) d / heads * kvHeads;
    t.put("model.embed_tokens.weight", new long[] {v, d});
    for (int i = 0; i < layers; i++) {
      String h = "model.layers." + i + ".";
      t.put(h + "input_layernorm.weight", new long[] {d});
      t.put(h + "self_attn.q_proj.weight", new long[] {d, d});
      t.put(h + "self_attn.k_proj.weight", new long[] {kv, d});
      t.put(h + "self_attn.v_proj.weight", new long[] {kv, d});
      t.put(h + "self_attn.o_proj.weight", new long[] {d, d});
      t.put(h + "post_attention_layernorm.weight", new long[] {d});
      t.put(h + "mlp.gate_proj.weight", new long[] {inner, d});
      t.put(h + "mlp.up_proj.weight", new long[] {inner, d});
      t.put(h + "mlp.down_proj.weight", new long[] {d, inner});
    }
    t.put("model.norm.weight", new long[] {d});
    t.put("lm_head.weight", new long[] {v, d});
    String config =
        """
        {"model_type":"llama","architectures":["LlamaForCausalLM"],"vocab_size":%d,
        "max_position_embeddings":%d,"hidden_size":%d,"num_hidden_layers":%d,
        "num_attention_heads":%d,"num_key_value_heads":%d,"intermediate_size":%d,
        "bos_token_id":1,"eos_token_id":2,"hidden_act":"silu","rms_norm_eps":1e-5,
        "rope_theta":10000.0,"tie_word_embeddings":false}
        """
            .formatted(v, positions, d, layers, heads, kvHeads, inner);
    return write(directory, config, t);
  }

  private static void norm(Map<String, long[]> t, String name, long d) {
    t.put(name + ".weight", new long[] {d});
    t.put(name + ".bias", new long[] {d});
  }

  private static Path write(Path directory, String config, Map<String, long[]> tensors)
      throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("config.json"), config);
    Files.writeString(
        directory.resolve("tokenizer.json"),
        "{\"version\":\"1.0\",\"added_tokens\":[],\"model\":{\"type\":\"WordLevel\","
            + "\"vocab\":{\"a\":0,\"[UNK]\":1},\"unk_token\":\"[UNK]\"}}");
    StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
    long at = 0;
    for (Map.Entry<String, long[]> t : tensors.entrySet()) {
      long bytes = 4 * java.util.Arrays.stream(t.getValue()).reduce(1, (a, b) -> a * b);
      header.append(",\"").append(t.getKey()).append("\":{\"dtype\":\"F32\",\"shape\":");
      header.append(java.util.Arrays.toString(t.getValue()));
      header.append(",\"data_offsets\":[").append(at).append(',').append(at + bytes).append("]}");
      at += bytes;
    }
    byte[] text = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
    try (OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(directory.resolve("model.safetensors")), 1 << 20)) {
      out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).array());
      out.write(text);
      SplittableRandom random = new SplittableRandom(1);
      for (Map.Entry<String, long[]> t : tensors.entrySet()) {
        boolean one = t.getKey().contains("norm.weight") || t.getKey().matches(".*ln_.*weight");
        long count = java.util.Arrays.stream(t.getValue()).reduce(1, (a, b) -> a * b);
        fill(out, count, one, random);
      }
    }
    return directory;
  }

  private static void fill(OutputStream out, long count, boolean one, SplittableRandom random)
      throws IOException {
    for (long done = 0; done < count; ) {
      int n = (int) Math.min(1 << 16, count - done);
      ByteBuffer buffer = ByteBuffer.allocate(4 * n).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < n; i++) {
        // Uniform with standard deviation 0.02: the values do not matter to the clock.
        buffer.putFloat(one ? 1f : (float) ((random.nextDouble() - 0.5) * 0.0693));
      }
      out.write(buffer.array());
      done += n;
    }
  }
}
