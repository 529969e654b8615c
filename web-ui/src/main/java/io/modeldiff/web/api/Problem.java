package io.modeldiff.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.access.AccessDeniedException;
import io.modeldiff.web.service.NotFoundException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as RFC 9457 has it.
 *
 * @param title the kind of problem
 * @param status HTTP status
 * @param detail one sentence that says what to do
 * @param field the query parameter or the path into the body that is wrong, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(String title, int status, String detail, @Nullable String field) {

  /** A request that cannot be served, with its problem. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;
    private final transient List<String> allowed;

    Refusal(Problem problem, List<String> allowed) {
      super(problem.detail());
      this.problem = problem;
      this.allowed = allowed;
    }

    /** Methods that the path takes; empty unless another one was refused. */
    List<String> allowed() {
      return allowed;
    }
  }

  static Refusal field(String field, String detail) {
    return new Refusal(new Problem("Bad request", 400, detail, field), List.of());
  }

  static Refusal of(int status, String title, String detail) {
    return new Refusal(new Problem(title, status, detail, null), List.of());
  }

  static Refusal tooLarge() {
    return of(413, "Body too large", "The body may have at most 4 MiB.");
  }

  static Refusal notAllowed(List<String> methods) {
    String detail = "This path takes " + String.join(", ", methods) + " only.";
    return new Refusal(new Problem("Method not allowed", 405, detail, null), methods);
  }

  /** The problem that an exception stands for. */
  static Problem from(Throwable e) {
    if (e instanceof Refusal refusal) {
      return refusal.problem;
    }
    if (e instanceof NotFoundException) {
      return new Problem("Not found", 404, message(e), null);
    }
    if (e instanceof AccessDeniedException) {
      return new Problem("Forbidden", 403, message(e), null);
    }
    if (e instanceof UserException user) {
      return user.exitCode() == UserException.BAD_INPUT
          ? new Problem("Bad request", 400, message(e), null)
          : new Problem("Cannot be done now", 503, message(e), null);
    }
    if (e instanceof EntityStreamSizeException) {
      return tooLarge().problem;
    }
    if (e instanceof JsonParseException parse) {
      return new Problem(
          "Bad request",
          400,
          "The body is not JSON: line "
              + parse.getLocation().getLineNr()
              + ", column "
              + parse.getLocation().getColumnNr()
              + ".",
          null);
    }
    if (e instanceof JsonMappingException mapping) {
      return ofMapping(mapping);
    }
    if (e instanceof JsonProcessingException) {
      return new Problem(
          "Bad request", 400, "The body is nested too deeply or has too long a number.", null);
    }
    return new Problem(
        "The platform failed", 500, "The platform failed to answer; its log says why.", null);
  }

  private static Problem ofMapping(JsonMappingException e) {
    String field = path(e.getPath());
    Throwable cause = e.getCause();
    if (cause instanceof UserException) {
      return new Problem("Bad request", 400, message(cause), field.isEmpty() ? null : field);
    }
    if (e instanceof UnrecognizedPropertyException unknown) {
      return new Problem(
          "Bad request",
          400,
          "The field '"
              + field
              + "' is not known here; known are "
              + String.valueOf(unknown.getKnownPropertyIds()).replaceAll("[\\[\\]]", "")
              + ".",
          field);
    }
    return new Problem(
        "Bad request",
        400,
        field.isEmpty()
            ? "The body must be a JSON object with the fields that openapi.yaml names."
            : "The field '" + field + "' is missing or has the wrong type.",
        field.isEmpty() ? null : field);
  }

  private static String path(List<JsonMappingException.Reference> path) {
    return path.stream()
        .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static String message(Throwable e) {
    return String.valueOf(e.getMessage());
  }
}
