package io.modeldiff.web.cli.model;

import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.lm.files.TensorEntry;
import io.modeldiff.core.registry.RegisteredModel;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is known of one model, for people and as JSON. */
final class ModelReport {
  private static final int INDENT = 14;

  private ModelReport() {}

  static void print(Console console, boolean json, String name, ModelDirectory directory) {
    print(console, json, fields(name, directory));
  }

  /** The same for a loaded model, with its device. */
  static void print(
      Console console, boolean json, String name, ModelDirectory directory, ModelInfo loaded) {
    Map<String, Object> fields = fields(name, directory);
    fields.put("device", loaded.device());
    fields.put("dtype", loaded.dtype());
    print(console, json, fields);
  }

  private static void print(Console console, boolean json, Map<String, Object> fields) {
    if (json) {
      JsonDocument.print(console, fields);
      return;
    }
    fields.forEach((field, value) -> console.out().printf("%-13s %s%n", field, shown(value)));
  }

  private static Object shown(Object value) {
    if (value instanceof Map<?, ?> files) {
      return files.entrySet().stream()
          .map(file -> file.getValue() + "  " + file.getKey())
          .collect(Collectors.joining(System.lineSeparator() + " ".repeat(INDENT)));
    }
    return value instanceof Long number ? String.format(Locale.ROOT, "%,d", number) : value;
  }

  /** The precisions of the weights, F32 or F16, F32. */
  private static String stored(ModelDirectory directory) {
    return directory.weights().entries().values().stream()
        .filter(TensorEntry::isFloat)
        .map(TensorEntry::dtype)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static Map<String, Object> fields(String name, ModelDirectory directory) {
    RegisteredModel model = RegisteredModel.of(name, directory);
    ModelInfo info = directory.info("f32", "cpu");
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", model.name());
    fields.put("directory", model.path());
    fields.put("hash", model.hash());
    fields.put("architecture", model.architecture());
    fields.put("kind", model.kind());
    fields.put("parameters", model.parameters());
    fields.put("vocabulary", model.vocabulary());
    fields.put("positions", model.positions());
    fields.put("stored", stored(directory));
    info.bos()
        .ifPresent(
            bos -> {
              fields.put("bos", bos);
              fields.put("bosToken", directory.tokenizer().token(bos));
            });
    fields.put("files", directory.hashes().files());
    return fields;
  }
}
