package io.modeldiff.web.cli.model;

import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.registry.RegisteredModel;
import io.modeldiff.web.cli.console.Console;
import io.modeldiff.web.cli.console.JsonDocument;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What is known of one model, for people and as JSON. */
final class ModelReport {
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
    return value instanceof Long number ? String.format(Locale.ROOT, "%,d", number) : value;
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
    fields.put("stored", directory.weights().storedHalf() ? "16 bits" : "32 bits");
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
