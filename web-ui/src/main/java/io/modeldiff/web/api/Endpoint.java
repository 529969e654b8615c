package io.modeldiff.web.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.service.ComparisonService;
import io.modeldiff.web.service.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One row of the API.
 *
 * @param method HTTP method
 * @param template path below {@code /api/v1}, with {@code {name}} parts
 * @param permission what the caller must be allowed to do
 * @param answer what it does
 */
record Endpoint(String method, String template, Permission permission, Answer answer) {

  /** What an endpoint answers. */
  sealed interface Answer {
    /** A JSON value, or null for 204. */
    record Value(Handler handler) implements Answer {}

    /** A file. */
    record File(FileHandler handler) implements Answer {}

    /** Server-sent events, after a check that what they are about exists. */
    record Events(Handler check, EventHandler handler) implements Answer {}
  }

  /** Computes a JSON value; may block. */
  @FunctionalInterface
  interface Handler {
    Object handle(Call call) throws JsonProcessingException;
  }

  /** Computes a file; may block. */
  @FunctionalInterface
  interface FileHandler {
    ComparisonService.Export handle(Call call);
  }

  /** Delivers values until the subscription is closed. */
  @FunctionalInterface
  interface EventHandler {
    Subscription subscribe(Call call, Consumer<Object> listener);
  }

  /** The values of the template's parts when a path matches it. */
  Optional<Map<String, String>> match(List<String> segments) {
    List<String> parts = parts();
    if (parts.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      if (part.startsWith("{")) {
        values.put(part.substring(1, part.length() - 1), segments.get(i));
      } else if (!part.equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  private List<String> parts() {
    List<String> parts = new ArrayList<>(List.of(template.split("/", -1)));
    parts.remove(0);
    return parts;
  }
}
