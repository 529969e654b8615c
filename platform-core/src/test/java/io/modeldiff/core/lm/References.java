package io.modeldiff.core.lm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The tiny models with numbers computed by Hugging Face transformers. */
final class References {
  private References() {}

  static Path resource(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(References.class.getResource("/" + name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<Path> directories(String folder) {
    try {
      return Files.list(resource(folder)).filter(Files::isDirectory).sorted();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static JsonNode expected(Path model) {
    try {
      return new ObjectMapper().readTree(model.resolve("expected.json").toFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::intValue).toArray();
  }

  static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  static List<JsonNode> texts(JsonNode expected) {
    return StreamSupport.stream(expected.get("texts").spliterator(), false)
        .filter(t -> !t.get("ids").isEmpty())
        .toList();
  }
}
