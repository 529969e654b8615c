package io.modeldiff.core.lm.arch;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.files.ConfigJson;
import java.util.List;
import java.util.stream.Collectors;

/** The architectures that can be loaded. */
public final class Architectures {
  private static final List<Architecture> ALL =
      List.of(
          new Gpt2(),
          new Llama(),
          new Mistral(),
          new Qwen2(),
          new GptNeoX(),
          new Gemma(),
          new Bert(),
          new DistilBert());

  private Architectures() {}

  /** Finds the architecture that config.json names, or refuses it by name. */
  public static Architecture of(ConfigJson config) {
    String type = config.text("model_type", "");
    Architecture found =
        ALL.stream().filter(a -> a.modelType().equals(type)).findFirst().orElse(null);
    if (found == null) {
      throw UserException.badInput(
          config.file()
              + ": model_type '"
              + type
              + "' is not supported; supported: "
              + names()
              + ".");
    }
    if (config.has("quantization_config")) {
      throw config.unsupported(
          "quantization_config",
          config.json().get("quantization_config").path("quant_method").asText("given"),
          "weights in F32, F16, BF16 or F64 without quantization");
    }
    if (!config.object("pruned_heads").json().isEmpty()) {
      throw config.unsupported("pruned_heads", config.json().get("pruned_heads"), "none");
    }
    List<String> classes = config.texts("architectures");
    if (classes != null
        && !classes.isEmpty()
        && classes.stream().noneMatch(found.classes()::contains)) {
      throw config.unsupported(
          "architectures", classes, "for " + type + ": " + String.join(", ", found.classes()));
    }
    return found;
  }

  /** Supported model types, comma-separated. */
  public static String names() {
    return ALL.stream().map(Architecture::modelType).collect(Collectors.joining(", "));
  }
}
