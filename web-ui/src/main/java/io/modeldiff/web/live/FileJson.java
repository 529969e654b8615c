package io.modeldiff.web.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.modeldiff.core.error.UserException;

/** JSON in an exported project's lines and cells; what does not fit is named by line and field. */
final class FileJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .serializationInclusion(JsonInclude.Include.ALWAYS)
          .build();

  private FileJson() {}

  static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("projects are JSON values", e);
    }
  }

  /** Reads a line. */
  static <T> T line(String json, Class<T> type, int line) {
    return read(json, type, "Line " + line + " of the file");
  }

  /** Reads a cell of a table. */
  static <T> T cell(String json, Class<T> type, int line, String column) {
    return read(json, type, "Line " + line + " of the file, column '" + column + "'");
  }

  private static <T> T read(String json, Class<T> type, String where) {
    try {
      T value = JSON.readValue(json, type);
      if (value == null) {
        throw UserException.badInput(where + " is null.");
      }
      return value;
    } catch (JsonParseException e) {
      int column = e.getLocation().getColumnNr();
      throw UserException.badInput(where + " is not JSON at character " + column + ".", e);
    } catch (JsonMappingException e) {
      throw UserException.badInput(where + ": " + problem(e), e);
    } catch (JsonProcessingException e) {
      throw UserException.badInput(where + " is not JSON.", e);
    }
  }

  private static String problem(JsonMappingException e) {
    if (e.getCause() instanceof UserException refusal) {
      return String.valueOf(refusal.getMessage());
    }
    String path = path(e);
    String what = path.isEmpty() ? "what stands there " : "the field '" + path + "' ";
    if (e instanceof InvalidFormatException wrong) {
      return what + "cannot be '" + wrong.getValue() + "'.";
    }
    return String.valueOf(e.getOriginalMessage()).startsWith("Missing")
        ? what + "is missing."
        : what + "is not as an export writes it.";
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }
}
