package io.modeldiff.core.lm;

import io.modeldiff.core.modeldir.FloatType;
import io.modeldiff.core.modeldir.SafetensorsWriter;
import io.modeldiff.core.modeldir.SafetensorsWriter.Tensor;
import io.modeldiff.core.modeldir.SafetensorsWriter.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A real GPT-2 of a few hundred random weights, large enough for its conditionals to differ: the
 * last token of its vocabulary is BOS.
 */
public final class TinyGpt2 {
  private static final int WIDTH = 8;
  private static final int POSITIONS = 8;

  private TinyGpt2() {}

  /** Writes a Hugging Face directory. */
  public static Path write(Path directory, int vocabulary, int layers, long seed)
      throws IOException {
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve("config.json"),
        """
        {"architectures": ["GPT2LMHeadModel"], "model_type": "gpt2", "n_embd": %d, "n_layer": %d,
         "n_head": 2, "vocab_size": %d, "n_positions": %d, "bos_token_id": %d, "eos_token_id": %d}
        """
            .formatted(WIDTH, layers, vocabulary, POSITIONS, vocabulary - 1, vocabulary - 1));
    String vocab =
        IntStream.range(0, vocabulary)
            .mapToObj(i -> "\"" + (char) ('a' + i) + "\": " + i)
            .collect(Collectors.joining(", "));
    Files.writeString(
        directory.resolve("tokenizer.json"),
        """
        {"version": "1.0", "added_tokens": [], "normalizer": null, "pre_tokenizer": null,
         "post_processor": null, "decoder": null,
         "model": {"type": "WordLevel", "vocab": {%s}, "unk_token": "a"}}
        """
            .formatted(vocab));
    SafetensorsWriter.write(
        directory.resolve("model.safetensors"), tensors(vocabulary, layers, new Random(seed)));
    return directory;
  }

  private static List<Tensor> tensors(int vocabulary, int layers, Random random) {
    List<Tensor> all = new ArrayList<>();
    all.add(tensor("wte.weight", random, 0, vocabulary, WIDTH));
    all.add(tensor("wpe.weight", random, 0, POSITIONS, WIDTH));
    for (int i = 0; i < layers; i++) {
      String h = "h." + i + ".";
      norm(all, h + "ln_1", random);
      affine(all, h + "attn.c_attn", random, WIDTH, 3 * WIDTH);
      affine(all, h + "attn.c_proj", random, WIDTH, WIDTH);
      norm(all, h + "ln_2", random);
      affine(all, h + "mlp.c_fc", random, WIDTH, 4 * WIDTH);
      affine(all, h + "mlp.c_proj", random, 4 * WIDTH, WIDTH);
    }
    norm(all, "ln_f", random);
    return all;
  }

  private static void norm(List<Tensor> to, String name, Random random) {
    to.add(tensor(name + ".weight", random, 1, WIDTH));
    to.add(tensor(name + ".bias", random, 0, WIDTH));
  }

  private static void affine(List<Tensor> to, String name, Random random, int in, int out) {
    to.add(tensor(name + ".weight", random, 0, in, out));
    to.add(tensor(name + ".bias", random, 0, out));
  }

  private static Tensor tensor(String name, Random random, double mean, long... shape) {
    int size = 1;
    for (long dimension : shape) {
      size *= (int) dimension;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (mean + 0.35 * random.nextGaussian());
    }
    return new Tensor("transformer." + name, FloatType.F32, shape, Values.of(values));
  }
}
