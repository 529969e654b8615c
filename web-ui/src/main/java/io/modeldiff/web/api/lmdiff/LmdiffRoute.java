package io.modeldiff.web.api.lmdiff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.analysis.lmdiff.compat.OriginalApi;
import io.modeldiff.analysis.lmdiff.compat.OriginalApi.SuggestionRequest;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.api.BodyLimit;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.server.AllDirectives;
import org.apache.pekko.http.javadsl.server.ExceptionHandler;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.unmarshalling.Unmarshaller;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes of the original API under {@code /api}, and the original's client under {@code /client}
 * where there is one. Every answer of the API is JSON; a mistake of the caller is a 4xx with {@code
 * {"detail": sentence}}. No request of the API ever names a file, and only files inside the
 * client's folder are served.
 */
public final class LmdiffRoute extends AllDirectives {
  private static final Logger LOG = LoggerFactory.getLogger(LmdiffRoute.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> YES = Set.of("true", "1", "yes", "on");
  private static final Set<String> NO = Set.of("false", "0", "no", "off");

  private final OriginalApi api;
  private final Executor executor;
  private final Set<String> origins;

  private LmdiffRoute(OriginalApi api, Executor executor, Set<String> origins) {
    this.api = api;
    this.executor = executor;
    this.origins = origins;
  }

  /**
   * The route.
   *
   * @param executor runs what may take long (scoring, reading caches)
   * @param origins web origins that may call from elsewhere (CORS); none by default
   */
  public static Route of(OriginalApi api, Executor executor, Set<String> origins) {
    return new LmdiffRoute(api, executor, origins).route();
  }

  /**
   * The route with the original's built client under {@code /client}.
   *
   * @param client its folder, with index.html
   */
  public static Route withClient(
      OriginalApi api, Executor executor, Set<String> origins, Path client) {
    LmdiffRoute routes = new LmdiffRoute(api, executor, origins);
    return routes.concat(routes.route(), routes.client(client));
  }

  private Route client(Path folder) {
    return get(
        () ->
            concat(
                pathEndOrSingleSlash(
                    () -> redirect(Uri.create("/client/index.html"), StatusCodes.FOUND)),
                pathPrefix("client", () -> getFromDirectory(folder.toString()))));
  }

  /** A caller's mistake in the form of a request. */
  private static final class BadRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadRequest(String sentence) {
      super(sentence);
    }
  }

  private Route route() {
    Route calls =
        concat(
            path("all-models", () -> get(() -> answer(api::allModels))),
            path("available-datasets", () -> get(() -> parameterMap(this::datasets))),
            path("new-suggestions", () -> get(() -> parameterMap(this::suggestions))),
            path("analyze-text", () -> post(() -> body(this::analyze))),
            path("specific-attention", () -> post(() -> body(this::attention))));
    return pathPrefix("api", () -> crossOrigin(() -> handleExceptions(problems(), () -> calls)));
  }

  private Route datasets(Map<String, String> query) {
    return answer(() -> api.availableDatasets(required(query, "m1"), required(query, "m2")));
  }

  private Route suggestions(Map<String, String> query) {
    return answer(
        () ->
            api.newSuggestions(
                new SuggestionRequest(
                    required(query, "m1"),
                    required(query, "m2"),
                    required(query, "dataset"),
                    required(query, "metric"),
                    ascending(query.getOrDefault("order", "descending")),
                    number(query, "k", 50),
                    flag(query, "sort_by_abs", true),
                    number(query, "histogram_bins", 100))));
  }

  private Object analyze(JsonNode body) {
    return api.analyzeText(text(body, "m1"), text(body, "m2"), text(body, "text"));
  }

  private Object attention(JsonNode body) {
    JsonNode index = body.path("token_index_in_text");
    JsonNode outward = body.path("outward_attentions");
    if (!index.isInt()) {
      throw new BadRequest("The field token_index_in_text should be a whole number.");
    }
    if (!outward.isMissingNode() && !outward.isBoolean()) {
      throw new BadRequest("The field outward_attentions should be true or false.");
    }
    return api.specificAttention(
        text(body, "m1"),
        text(body, "m2"),
        text(body, "text"),
        index.intValue(),
        outward.asBoolean(true));
  }

  private Route body(Function<JsonNode, Object> call) {
    return extractMaterializer(
        materializer ->
            extractRequestEntity(
                entity -> {
                  if (BodyLimit.isExceeded(entity)) {
                    return onComplete(
                        BodyLimit.drained(entity, materializer), done -> complete(tooLarge()));
                  }
                  return withSizeLimit(
                      BodyLimit.BYTES,
                      () ->
                          entity(
                              Unmarshaller.entityToString(),
                              content -> answer(() -> call.apply(parse(content)))));
                }));
  }

  private static JsonNode parse(String content) {
    try {
      JsonNode body = JSON.readTree(content);
      if (body == null || !body.isObject()) {
        throw new BadRequest("The body should be a JSON object.");
      }
      return body;
    } catch (JsonProcessingException e) {
      throw new BadRequest("The body is not JSON: " + e.getOriginalMessage() + ".");
    }
  }

  private static String text(JsonNode body, String field) {
    JsonNode value = body.path(field);
    if (!value.isTextual()) {
      throw new BadRequest("The field " + field + " should be a text.");
    }
    return value.asText();
  }

  private static String required(Map<String, String> query, String name) {
    String value = query.get(name);
    if (value == null) {
      throw new BadRequest("The query parameter " + name + " is missing.");
    }
    return value;
  }

  private static int number(Map<String, String> query, String name, int otherwise) {
    String value = query.get(name);
    try {
      return value == null ? otherwise : Integer.parseInt(value.strip());
    } catch (NumberFormatException e) {
      throw new BadRequest(
          "The query parameter " + name + " should be a whole number, not '" + value + "'.");
    }
  }

  private static boolean flag(Map<String, String> query, String name, boolean otherwise) {
    String value = query.getOrDefault(name, Boolean.toString(otherwise)).toLowerCase(Locale.ROOT);
    if (!YES.contains(value) && !NO.contains(value)) {
      throw new BadRequest(
          "The query parameter " + name + " should be true or false, not '" + value + "'.");
    }
    return YES.contains(value);
  }

  private static boolean ascending(String order) {
    return switch (order) {
      case "ascending" -> true;
      case "descending" -> false;
      default ->
          throw new BadRequest(
              "The query parameter order should be ascending or descending, not '" + order + "'.");
    };
  }

  private Route answer(Supplier<Object> call) {
    return completeWithFuture(
        CompletableFuture.supplyAsync(call, executor)
            .thenApply(value -> json(StatusCodes.OK, value))
            .exceptionally(e -> problem(e.getCause() == null ? e : e.getCause())));
  }

  private ExceptionHandler problems() {
    return ExceptionHandler.newBuilder().matchAny(e -> complete(problem(e))).build();
  }

  private static HttpResponse problem(Throwable e) {
    if (e instanceof BadRequest) {
      return detail(StatusCodes.UNPROCESSABLE_ENTITY, String.valueOf(e.getMessage()));
    }
    if (e instanceof UserException user) {
      return detail(
          user.exitCode() == UserException.BAD_INPUT
              ? StatusCodes.BAD_REQUEST
              : StatusCodes.INTERNAL_SERVER_ERROR,
          String.valueOf(user.getMessage()));
    }
    if (e instanceof EntityStreamSizeException) {
      return tooLarge();
    }
    LOG.error("A call of the original API failed", e);
    return detail(StatusCodes.INTERNAL_SERVER_ERROR, "The server failed; its log says why.");
  }

  private static HttpResponse tooLarge() {
    return detail(
        StatusCodes.PAYLOAD_TOO_LARGE, "The body is larger than " + BodyLimit.BYTES + " bytes.");
  }

  private static HttpResponse detail(StatusCode status, String sentence) {
    return json(status, Map.of("detail", sentence));
  }

  private static HttpResponse json(StatusCode status, Object value) {
    try {
      return HttpResponse.create()
          .withStatus(status)
          .withEntity(
              HttpEntities.create(ContentTypes.APPLICATION_JSON, JSON.writeValueAsBytes(value)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Route crossOrigin(Supplier<Route> inner) {
    return optionalHeaderValueByName(
        "Origin",
        origin ->
            origin.filter(origins::contains).isEmpty()
                ? inner.get()
                : respondWithHeaders(
                    List.of(
                        RawHeader.create("Access-Control-Allow-Origin", origin.get()),
                        RawHeader.create("Access-Control-Allow-Headers", "Content-Type"),
                        RawHeader.create("Access-Control-Allow-Methods", "GET, POST"),
                        RawHeader.create("Vary", "Origin")),
                    () ->
                        concat(
                            method(HttpMethods.OPTIONS, () -> complete(StatusCodes.NO_CONTENT)),
                            inner.get())));
  }
}
