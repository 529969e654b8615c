package io.modeldiff.core.lm.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of a model directory (config.json and its sub-objects) with typed access. Every
 * getter that finds the wrong type, or nothing where something is needed, throws a {@link
 * UserException} that names the file and the field.
 */
public final class ConfigJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final String at;
  private final JsonNode node;

  private ConfigJson(Path file, String at, JsonNode node) {
    this.file = file;
    this.at = at;
    this.node = node;
  }

  /** Reads a file that must hold one JSON object. */
  public static ConfigJson read(Path file) {
    Unreadable.requireSearchable(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    if (!Files.isRegularFile(file)) {
      throw UserException.badInput(
          "There is no "
              + file.getFileName()
              + " in "
              + file.getParent()
              + "; a model is a Hugging Face"
              + " directory with config.json, model.safetensors and tokenizer.json.");
    }
    try {
      JsonNode node = JSON.readTree(Files.readString(file));
      if (!node.isObject()) {
        throw UserException.badInput(file + " must hold one JSON object; download the file again.");
      }
      return new ConfigJson(file, "", node);
    } catch (JsonProcessingException e) {
      throw UserException.badInput(
          file + " is not valid JSON: " + e.getOriginalMessage() + "; download the file again.", e);
    } catch (IOException e) {
      throw Unreadable.of(file, e);
    }
  }

  /** The file this came from. */
  public Path file() {
    return file;
  }

  /** The raw JSON. */
  public JsonNode json() {
    return node;
  }

  /** Whether the field is there and not null. */
  public boolean has(String field) {
    return node.hasNonNull(field);
  }

  /** A nested object; empty object when the field is absent or null. */
  public ConfigJson object(String field) {
    JsonNode child = node.get(field);
    if (child == null || child.isNull()) {
      return new ConfigJson(file, at + field + ".", JSON.createObjectNode());
    }
    if (!child.isObject()) {
      throw wrong(field, "an object");
    }
    return new ConfigJson(file, at + field + ".", child);
  }

  /** A positive integer that must be present, under the first of the given names that is. */
  public int count(String... names) {
    for (String name : names) {
      if (has(name)) {
        return count(name, 0);
      }
    }
    throw UserException.badInput(
        file + " lacks the field " + at + names[0] + "; it must be a positive whole number.");
  }

  /** A positive integer, or a default when absent. */
  public int count(String name, int absent) {
    if (!has(name)) {
      return absent;
    }
    JsonNode v = node.get(name);
    if (!v.canConvertToInt() || !v.isIntegralNumber() || v.intValue() < 1) {
      throw wrong(name, "a positive whole number");
    }
    return v.intValue();
  }

  /** A finite number, or a default when absent. */
  public double number(String name, double absent) {
    if (!has(name)) {
      return absent;
    }
    JsonNode v = node.get(name);
    if (!v.isNumber() || !Double.isFinite(v.doubleValue())) {
      throw wrong(name, "a number");
    }
    return v.doubleValue();
  }

  /** The ε of a normalisation: a number of at least 0, or a default when absent. */
  public float epsilon(String name, double absent) {
    double value = number(name, absent);
    if (value < 0) {
      throw wrong(name, "a number of at least 0");
    }
    return (float) value;
  }

  /** A finite number that must be present. */
  public double number(String name) {
    if (!has(name)) {
      throw UserException.badInput(
          file + " lacks the field " + at + name + "; it must be a number.");
    }
    return number(name, 0);
  }

  /** A flag, or a default when absent. */
  public boolean flag(String name, boolean absent) {
    if (!has(name)) {
      return absent;
    }
    JsonNode v = node.get(name);
    if (!v.isBoolean()) {
      throw wrong(name, "true or false");
    }
    return v.booleanValue();
  }

  /** A text, or a default when absent. */
  public String text(String name, String absent) {
    if (!has(name)) {
      return absent;
    }
    JsonNode v = node.get(name);
    if (!v.isTextual()) {
      throw wrong(name, "a text");
    }
    return v.textValue();
  }

  /** A token id (a non-negative integer, or the first of a list of them), empty when absent. */
  public OptionalInt tokenId(String name) {
    if (!has(name)) {
      return OptionalInt.empty();
    }
    JsonNode v = node.get(name);
    JsonNode first = v.isArray() && !v.isEmpty() ? v.get(0) : v;
    if (!first.isIntegralNumber()) {
      throw wrong(name, "a token id");
    }
    return first.intValue() < 0 ? OptionalInt.empty() : OptionalInt.of(first.intValue());
  }

  /** A list of texts, null when absent. */
  public @Nullable List<String> texts(String name) {
    if (!has(name)) {
      return null;
    }
    JsonNode v = node.get(name);
    if (!v.isArray()) {
      throw wrong(name, "a list of texts");
    }
    return java.util.stream.StreamSupport.stream(v.spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  /** An error that refuses an option by name and says what is supported. */
  public UserException unsupported(String name, Object value, String supported) {
    return UserException.badInput(
        file
            + ": "
            + at
            + name
            + " = "
            + value
            + " is not supported; supported: "
            + supported
            + ".");
  }

  private UserException wrong(String name, String expected) {
    return UserException.badInput(
        file
            + ": the field "
            + at
            + name
            + " must be "
            + expected
            + ", but is "
            + node.get(name)
            + ".");
  }
}
