package io.modeldiff.core.deployment;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The repository's deployment files, read strictly: an unknown field is an error. */
final class Repository {
  /** Reads into typed models; their catch-all for unknown fields is switched off. */
  static final ObjectMapper STRICT =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              });

  private Repository() {}

  /** The folder with docker/ and k8s/. */
  static Path root() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("k8s")) && Files.isDirectory(folder.resolve("docker"))) {
        return folder;
      }
    }
    throw new IllegalStateException("not inside the repository");
  }

  /** The documents of a YAML file; duplicate keys are refused. */
  static List<Map<String, Object>> documents(Path file) {
    LoadSettings settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
    try {
      List<Map<String, Object>> documents = new ArrayList<>();
      for (Object document : new Load(settings).loadAllFromString(Files.readString(file))) {
        documents.add(map(merged(document)));
      }
      return documents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  /** Resolves merge keys, which compose files may use and which YAML 1.2 has dropped. */
  private static Object merged(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Repository::merged).toList();
    }
    if (!(value instanceof Map<?, ?>)) {
      return value;
    }
    Map<String, Object> result = new LinkedHashMap<>();
    Object base = map(value).get("<<");
    if (base != null) {
      result.putAll(map(merged(base)));
    }
    map(value)
        .forEach(
            (key, inner) -> {
              if (!key.equals("<<")) {
                result.put(key, inner == null ? Map.of() : merged(inner));
              }
            });
    return result;
  }
}
