package io.modeldiff.core.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every fault of a model directory is one sentence that names the file, the tensor or the field.
 */
class BrokenDirectoriesTest {
  @TempDir private Path temp;

  private static String refusal(Path directory) {
    UserException e =
        catchThrowableOfType(
            UserException.class, () -> ModelLoader.load(directory, LoadOptions.defaults()).close());
    assertThat(e).as("refused").isNotNull();
    assertThat(e.exitCode()).isEqualTo(UserException.BAD_INPUT);
    assertThat(e.getMessage()).doesNotContain("\n").endsWith(".");
    return e.getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "truncated_safetensors, model.safetensors",
    "missing_tensor, transformer.h.0.mlp.c_fc.weight",
    "unknown_architecture, 'model_type ''zork'' is not supported; supported: gpt2, llama'"
  })
  void load_brokenDirectory_namesTheFault(String name, String names) {
    assertThat(refusal(References.resource("broken/" + name))).contains(names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "reference/gpt2 | activation_function | \"laplace\" | activation_function = laplace is not supported",
        "reference/gpt2 | n_layer | 0 | n_layer must be a positive whole number",
        "reference/gpt2 | n_embd | \"wide\" | n_embd must be a positive whole number",
        "reference/gpt2 | layer_norm_epsilon | -1.0 | layer_norm_epsilon must be a number of at least 0",
        "reference/gpt2 | n_head | 7 | n_head = 7 is not supported",
        "reference/gpt2 | add_cross_attention | true | add_cross_attention = true is not supported",
        "reference/gpt2 | architectures | [\"GPT2ForSequenceClassification\"] | GPT2ForSequenceClassification",
        "reference/gpt2 | vocab_size | 513 | wte.weight has shape [512, 48], but config.json asks for [513, 48]",
        "reference/gpt2 | tie_word_embeddings | false | lm_head.weight",
        "reference/llama | quantization_config | {\"quant_method\":\"gptq\"} | quantization_config = gptq is not supported",
        "reference/llama | rope_parameters | {\"rope_type\":\"yarn\",\"factor\":2} | rope_type = yarn is not supported; supported: default, linear, dynamic, llama3",
        "reference/llama | rope_parameters | {\"rope_type\":\"longrope\"} | longrope",
        "reference/llama | rope_parameters | {\"rope_type\":\"linear\"} | rope_parameters.factor",
        "reference/llama | num_key_value_heads | 3 | num_key_value_heads = 3 is not supported",
        "reference/llama | rope_parameters | {\"full_attention\":{\"rope_type\":\"default\"}} | rope_parameters.full_attention = ",
        "reference/llama | rope_parameters | {\"rope_type\":\"linear\",\"factor\":0} | rope_parameters.factor = 0.0",
        "reference/llama | rope_parameters | {\"rope_theta\":-5} | rope_parameters.rope_theta = -5.0",
        "reference/llama | partial_rotary_factor | 0.5 | partial_rotary_factor = 0.5 is not supported",
        "reference/llama | rope_scaling | {\"rope_type\":\"yarn\",\"factor\":2} | rope_scaling.rope_type = yarn",
        "reference/bert | pruned_heads | {\"0\":[1]} | pruned_heads = ",
        "architectures/qwen2-window | layer_types | [\"full_attention\"] | layer_types = [full_attention]",
        "architectures/qwen2-window | layer_types | [\"full_attention\",\"chunked_attention\"] | layer_types = ",
        "architectures/gemma | hidden_activation | \"relu\" | hidden_activation = relu",
        "architectures/gpt-neox-legacy | partial_rotary_factor | 0.3 | partial_rotary_factor = 0.3",
        "reference/bert | position_embedding_type | \"relative_key\" | position_embedding_type = relative_key",
        "reference/bert | is_decoder | true | is_decoder = true",
      })
  void load_unsupportedOption_isRefusedByName(
      String model, String field, String value, String names) throws IOException {
    Path copy = copy(model);
    ObjectMapper json = new ObjectMapper();
    ObjectNode config = (ObjectNode) json.readTree(copy.resolve("config.json").toFile());
    config.set(field, json.readTree(value));
    json.writeValue(copy.resolve("config.json").toFile(), config);
    assertThat(refusal(copy)).contains(names);
  }

  private Path copy(String model) throws IOException {
    Path copy = Files.createTempDirectory(temp, "model");
    try (Stream<Path> files = Files.list(References.resource(model))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  /** Converters of tied checkpoints keep one of the two names, not always the embeddings'. */
  @Test
  void load_tiedMatrixUnderTheHeadsName_isTheSameModel() throws IOException {
    Path copy = copy("reference/gpt2");
    Path file = copy.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    int header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
    String text = new String(bytes, 8, header, StandardCharsets.UTF_8);
    String renamed = text.replace("\"transformer.wte.weight\"", "\"lm_head.weight\"        ");
    assertThat(renamed).hasSameSizeAs(text).isNotEqualTo(text);
    System.arraycopy(renamed.getBytes(StandardCharsets.UTF_8), 0, bytes, 8, header);
    Files.write(file, bytes);
    int[] ids = {1, 2, 3};
    try (LanguageModel one = ModelLoader.load(copy, LoadOptions.defaults());
        LanguageModel two =
            ModelLoader.load(References.resource("reference/gpt2"), LoadOptions.defaults())) {
      assertThat(one.logProbabilities(ids)).isDeepEqualTo(two.logProbabilities(ids));
    }
  }

  @Test
  void load_nanWeight_namesTheTensor() throws IOException {
    Path copy = copy("reference/gpt2");
    Path file = copy.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(bytes.length - 4, Float.NaN);
    Files.write(file, bytes);
    assertThat(refusal(copy)).contains("holds NaN").contains("tensor transformer.");
  }

  @Test
  void load_filesMissing_namesThem() throws IOException {
    assertThat(refusal(temp.resolve("nowhere"))).contains("nowhere");
    for (String name : new String[] {"config.json", "tokenizer.json", "model.safetensors"}) {
      Path copy = copy("reference/gpt2");
      Files.delete(copy.resolve(name));
      assertThat(refusal(copy)).contains(name);
    }
  }

  @Test
  void load_shardMissing_namesIt() throws IOException {
    Path copy = copy("architectures/llama3-scaled");
    Files.delete(copy.resolve("model-00002-of-00003.safetensors"));
    assertThat(refusal(copy)).contains("model-00002-of-00003.safetensors");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": | not valid JSON",
        "[] | not a JSON object",
        "{\"a\":{\"dtype\":\"F99\",\"shape\":[1],\"data_offsets\":[0,4]}} | unknown data type 'F99'",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | needs 8 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | tensor a does not follow",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | impossible dimension",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,4]}} | impossible",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}} | lacks shape or data_offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | does not follow",
      })
  void load_corruptHeader_saysWhat(String header, String names) throws IOException {
    Path copy = copy("reference/gpt2");
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + text.length + 4).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(copy.resolve("model.safetensors"), file.putLong(text.length).put(text).array());
    assertThat(refusal(copy)).contains("model.safetensors").contains(names);
  }

  @ParameterizedTest
  @CsvSource({"-1", "1", "9000000000000000000", "400"})
  void load_impossibleHeaderLength_isRefused(long length) throws IOException {
    Path copy = copy("reference/gpt2");
    ByteBuffer file = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
    Files.write(copy.resolve("model.safetensors"), file.array());
    assertThat(refusal(copy)).contains("model.safetensors").contains("header claims");
  }
}
