package io.modeldiff.web.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.modeldiff.analysis.lmdiff.compat.OriginalApi;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.api.lmdiff.LmdiffRoute;
import io.modeldiff.web.service.ComparisonService;
import io.modeldiff.web.service.Services;
import io.modeldiff.web.service.Subscription;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.ContentDisposition;
import org.apache.pekko.http.javadsl.model.headers.ContentDispositionTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.FileIO;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the endpoint of a request, asks who calls, runs it in the background, answers. */
final class Dispatcher {
  static final String BASE = "/api/v1";
  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration BODY_PATIENCE = Duration.ofSeconds(10);
  private static final int EVENT_BUFFER = 64;
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  /** Names the person on a platform without users. */
  private static final String AS = "X-Modeldiff-As";

  private static final String BEARER = "Bearer ";

  private final Services services;
  private final ActorSystem<?> system;
  private final List<Endpoint> endpoints;
  private final @Nullable Function<HttpRequest, CompletionStage<HttpResponse>> original;

  /**
   * @param original answers what LMdiff's client asks, where that is wanted
   */
  Dispatcher(Services services, @Nullable OriginalApi original, ActorSystem<?> system) {
    this.services = services;
    this.system = system;
    this.original =
        original == null
            ? null
            : LmdiffRoute.of(original, services.background(), Set.of()).function(system);
    this.endpoints = Endpoints.of(services);
  }

  CompletionStage<HttpResponse> handle(HttpRequest request) {
    try {
      return dispatch(request).exceptionally(e -> failed(unwrap(e)));
    } catch (RuntimeException e) {
      request.discardEntityBytes(system);
      return CompletableFuture.completedFuture(failed(e));
    }
  }

  private CompletionStage<HttpResponse> dispatch(HttpRequest request) {
    requireThisMachine(request);
    if (original != null && ofOriginal(request)) {
      caller(request).require(Permission.VIEW);
      return answered(original, request);
    }
    List<String> segments = segments(request);
    if (segments.equals(List.of("openapi.yaml")) && request.method().value().equals("GET")) {
      request.discardEntityBytes(system);
      return CompletableFuture.completedFuture(description());
    }
    Endpoint endpoint = endpoint(request.method().value(), segments);
    Caller caller = caller(request);
    caller.require(endpoint.permission());
    requireJson(request);
    Map<String, String> path = endpoint.match(segments).orElseThrow();
    Map<String, String> query = query(request);
    if (BodyLimit.isExceeded(request.entity())) {
      return BodyLimit.drained(request.entity(), Materializer.matFromSystem(system))
          .thenCompose(done -> CompletableFuture.failedFuture(Problem.tooLarge()));
    }
    return request
        .entity()
        .withSizeLimit(BodyLimit.BYTES)
        .toStrict(BODY_PATIENCE.toMillis(), system)
        .thenApplyAsync(
            body -> answer(endpoint, new Call(caller, path, query, body.getData().utf8String())),
            services.background());
  }

  private static boolean ofOriginal(HttpRequest request) {
    String path = request.getUri().getPathString();
    return path.startsWith("/api/") && !path.equals(BASE) && !path.startsWith(BASE + "/");
  }

  private static CompletionStage<HttpResponse> answered(
      Function<HttpRequest, CompletionStage<HttpResponse>> route, HttpRequest request) {
    try {
      return route.apply(request);
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  // A foreign page may reach 127.0.0.1 through a name of its own; its Host or Origin tells.
  private void requireThisMachine(HttpRequest request) {
    String host = request.getUri().host().address();
    if (services.access().singleUser() && !THIS_MACHINE.contains(host)) {
      throw Problem.of(
          421, "Wrong host", "In single-user mode the API answers as localhost or 127.0.0.1 only.");
    }
    header(request, "origin")
        .filter(origin -> !origin.equals("http://" + host + ":" + request.getUri().getPort()))
        .ifPresent(
            origin -> {
              throw Problem.of(403, "Forbidden", "Pages of " + origin + " may not call this API.");
            });
  }

  private static List<String> segments(HttpRequest request) {
    String path = request.getUri().getPathString();
    if (!path.startsWith(BASE + "/")) {
      throw Problem.of(404, "Not found", "The API lives below " + BASE + ".");
    }
    List<String> segments = new ArrayList<>();
    for (String raw : path.substring(BASE.length() + 1).split("/", -1)) {
      String segment = decode(raw);
      if (segment.isEmpty()
          || segment.equals(".")
          || segment.equals("..")
          || segment.indexOf('/') >= 0
          || segment.indexOf('\\') >= 0
          || segment.chars().anyMatch(Character::isISOControl)) {
        throw Problem.of(404, "Not found", "The path has a part that no id can have.");
      }
      segments.add(segment);
    }
    return segments;
  }

  private static String decode(String raw) {
    try {
      return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Problem.of(400, "Bad request", "The path is not percent-encoded UTF-8.");
    }
  }

  private Endpoint endpoint(String method, List<String> segments) {
    List<Endpoint> here = endpoints.stream().filter(e -> e.match(segments).isPresent()).toList();
    if (here.isEmpty()) {
      throw Problem.of(404, "Not found", "There is no such path; see " + BASE + "/openapi.yaml.");
    }
    return here.stream()
        .filter(e -> e.method().equals(method))
        .findFirst()
        .orElseThrow(
            () -> Problem.notAllowed(here.stream().map(Endpoint::method).sorted().toList()));
  }

  private Caller caller(HttpRequest request) {
    Optional<String> chosen = header(request, AS.toLowerCase(Locale.ROOT));
    if (chosen.isPresent() && !services.access().singleUser()) {
      throw Problem.of(
          400,
          "Bad request",
          "People are known by their tokens here; leave the header '" + AS + "' out.");
    }
    Optional<Caller> local =
        chosen.isPresent()
            ? services.access().withoutLogin(chosen.get())
            : services.access().withoutLogin();
    return local
        .or(
            () ->
                header(request, "authorization")
                    .filter(value -> value.startsWith(BEARER))
                    .flatMap(
                        value ->
                            services.access().byToken(value.substring(BEARER.length()).strip())))
        .orElseThrow(
            () ->
                Problem.of(
                    401,
                    "Who is calling?",
                    "Send the header 'Authorization: Bearer TOKEN'; an admin makes tokens on the"
                        + " page Users."));
  }

  private static Optional<String> header(HttpRequest request, String name) {
    return request.getHeader(name).map(HttpHeader::value);
  }

  // Forms of foreign pages cannot send this type without asking first.
  private static void requireJson(HttpRequest request) {
    boolean writes =
        !request.method().value().equals("GET") && !request.method().value().equals("DELETE");
    if (writes
        && !request.entity().getContentType().mediaType().equals(MediaTypes.APPLICATION_JSON)) {
      throw Problem.of(
          415,
          "Wrong content type",
          "Send JSON, with the header 'Content-Type: application/json'.");
    }
  }

  private static Map<String, String> query(HttpRequest request) {
    Map<String, String> query = new HashMap<>();
    try {
      request.getUri().query().toList().forEach(p -> query.put(p.first(), p.second()));
    } catch (RuntimeException e) {
      throw Problem.of(400, "Bad request", "The query is not percent-encoded UTF-8.");
    }
    return query;
  }

  private HttpResponse answer(Endpoint endpoint, Call call) {
    try {
      Endpoint.Answer answer = endpoint.answer();
      if (answer instanceof Endpoint.Answer.Value value) {
        return json(200, Json.write(value.handler().handle(call)));
      } else if (answer instanceof Endpoint.Answer.File file) {
        return file(file.handler().handle(call));
      }
      Endpoint.Answer.Events events = (Endpoint.Answer.Events) answer;
      events.check().handle(call);
      return events(events.handler(), call);
    } catch (JsonProcessingException | RuntimeException e) {
      return failed(e);
    }
  }

  private static HttpResponse events(Endpoint.EventHandler handler, Call call) {
    Source<ByteString, NotUsed> source =
        Source.<Object>queue(EVENT_BUFFER, OverflowStrategy.dropHead())
            .mapMaterializedValue(
                queue -> {
                  Subscription subscription = handler.subscribe(call, queue::offer);
                  queue.watchCompletion().whenComplete((done, error) -> subscription.close());
                  return NotUsed.getInstance();
                })
            .map(
                value ->
                    ByteString.fromString("event: progress\ndata: " + Json.write(value) + "\n\n"))
            .keepAlive(HEARTBEAT, () -> ByteString.fromString(":\n\n"));
    return HttpResponse.create()
        .withEntity(
            HttpEntities.createChunked(MediaTypes.TEXT_EVENT_STREAM.toContentType(), source));
  }

  private static HttpResponse file(ComparisonService.Export export) {
    return HttpResponse.create()
        .addHeader(
            ContentDisposition.create(
                ContentDispositionTypes.ATTACHMENT, Map.of("filename", export.fileName())))
        .withEntity(
            HttpEntities.createChunked(
                ContentTypes.parse(
                    export.mediaType().startsWith("text/")
                        ? export.mediaType() + "; charset=UTF-8"
                        : export.mediaType()),
                FileIO.fromPath(export.path())
                    .watchTermination(
                        (done, end) -> end.whenComplete((d, e) -> delete(export.path())))));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("the temporary file {} stays behind: {}", file, e.getMessage());
    }
  }

  private static HttpResponse json(int status, String body) {
    return HttpResponse.create()
        .withStatus(status)
        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, body));
  }

  private static HttpResponse failed(Throwable e) {
    Problem problem = Problem.from(e);
    if (problem.status() == 500) {
      LOG.error("a request failed", e);
    }
    HttpResponse response =
        HttpResponse.create()
            .withStatus(problem.status())
            .withEntity(
                HttpEntities.create(
                    MediaTypes.applicationWithFixedCharset("problem+json", HttpCharsets.UTF_8)
                        .toContentType(),
                    Json.write(problem)));
    if (e instanceof Problem.Refusal refusal && !refusal.allowed().isEmpty()) {
      return response.addHeader(RawHeader.create("Allow", String.join(", ", refusal.allowed())));
    }
    return problem.status() == 401
        ? response.addHeader(RawHeader.create("WWW-Authenticate", "Bearer"))
        : response;
  }

  private static Throwable unwrap(Throwable e) {
    return e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
  }

  private static HttpResponse description() {
    try (InputStream in =
        Objects.requireNonNull(Dispatcher.class.getResourceAsStream("openapi.yaml"))) {
      return HttpResponse.create()
          .withEntity(HttpEntities.create(ContentTypes.TEXT_PLAIN_UTF8, in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
