package io.modeldiff.web.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.modeldiff.web.access.Caller;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, as an endpoint sees it.
 *
 * @param caller who asks
 * @param path values of the path's {@code {name}} parts
 * @param query query parameters
 * @param body the body, possibly empty
 */
record Call(Caller caller, Map<String, String> path, Map<String, String> query, String body) {

  /** A part of the path. */
  String part(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the path has no " + name);
    }
    return value;
  }

  /** The body as a record whose fields are all required unless they may be null. */
  <T> T read(Class<T> type, String... required) throws JsonProcessingException {
    JsonNode fields = Json.MAPPER.readTree(body);
    if (fields.isNull()) {
      throw Problem.of(400, "Bad request", "The body must be a JSON object, but was null.");
    }
    requireUnicode(fields);
    for (String field : required) {
      if (fields.isObject() && !fields.hasNonNull(field)) {
        throw Problem.field(field, "The field '" + field + "' is missing.");
      }
    }
    return Json.MAPPER.treeToValue(fields, type);
  }

  // An escape can name half a surrogate pair, which no tokenizer and no file can hold.
  private static void requireUnicode(JsonNode value) {
    value.forEach(Call::requireUnicode);
    if (value.isTextual() && !UTF_8.newEncoder().canEncode(value.textValue())) {
      throw Problem.of(400, "Bad request", "The body has a text with half a surrogate pair.");
    }
  }

  String text(String name) {
    String value = query.get(name);
    if (value == null || value.isEmpty()) {
      throw Problem.field(name, "The query parameter '" + name + "' is missing.");
    }
    return value;
  }

  String oneOf(String name, List<String> values) {
    String value = query.getOrDefault(name, values.get(0));
    if (!values.contains(value)) {
      throw Problem.field(
          name,
          "'"
              + name
              + "' must be one of "
              + String.join(", ", values)
              + ", but was '"
              + value
              + "'.");
    }
    return value;
  }

  double number(String name, double otherwise) {
    Double value = number(name);
    return value == null ? otherwise : value;
  }

  @Nullable Double number(String name) {
    String value = query.get(name);
    if (value == null) {
      return null;
    }
    try {
      double number = Double.parseDouble(value);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw notANumber(name, value);
    }
    throw notANumber(name, value);
  }

  private static Problem.Refusal notANumber(String name, String value) {
    return Problem.field(name, "'" + name + "' must be a finite number, but was '" + value + "'.");
  }

  int whole(String name, int otherwise, int least, int most) {
    String value = query.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value.matches("-?\\d{1,9}")) {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw Problem.field(
        name,
        String.format(
            Locale.ENGLISH,
            "'%s' must be a whole number from %d to %d, but was '%s'.",
            name,
            least,
            most,
            value));
  }

  /** Values between commas; none where the parameter is missing. */
  List<String> list(String name) {
    String value = query.getOrDefault(name, "");
    return value.isEmpty() ? List.of() : List.of(value.split(",", -1));
  }

  boolean flag(String name) {
    return oneOf(name, List.of("false", "true")).equals("true");
  }
}
