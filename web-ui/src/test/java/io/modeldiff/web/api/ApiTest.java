package io.modeldiff.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modeldiff.web.Platform;
import io.modeldiff.web.Toy;
import io.modeldiff.web.access.AccessControl;
import io.modeldiff.web.access.Permission;
import io.modeldiff.web.access.Role;
import io.modeldiff.web.access.UserStore;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ApiTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Map<Role, String> TOKENS = new EnumMap<>(Role.class);
  private static final ExecutorService POOL = Executors.newCachedThreadPool();
  private static final ActorSystem<Void> SYSTEM = ActorSystem.create(Behaviors.empty(), "api-test");
  private static @Nullable ApiServer server;
  private static @Nullable ApiServer local;
  private static @Nullable List<Endpoint> endpoints;

  @BeforeAll
  static void start(@TempDir Path directory) {
    UserStore users = Platform.users(directory);
    for (Role role : List.of(Role.ADMIN, Role.OPERATOR, Role.ANNOTATOR, Role.VIEWER)) {
      users.put(role.word(), role, "correct horse " + role.word());
      TOKENS.put(role, users.newToken(role.word(), "test"));
    }
    var services = Toy.services(AccessControl.listeningOn("127.0.0.1", users), POOL);
    endpoints = Endpoints.of(services);
    server = ApiServer.start("127.0.0.1", 0, services, SYSTEM);
    local =
        ApiServer.start("127.0.0.1", 0, Platform.empty(directory.resolve("nobody"), POOL), SYSTEM);
  }

  @AfterAll
  static void stop() {
    Objects.requireNonNull(server).close();
    Objects.requireNonNull(local).close();
    SYSTEM.terminate();
    POOL.shutdown();
  }

  private static HttpResponse<String> send(
      ApiServer to, String method, String path, @Nullable String token, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.port() + path))
            .timeout(Duration.ofSeconds(10))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!method.equals("GET")) {
      request.header("Content-Type", "application/json");
    }
    try {
      return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<String> asAdmin(String method, String path, @Nullable String body) {
    return send(
        Objects.requireNonNull(server), method, "/api/v1" + path, TOKENS.get(Role.ADMIN), body);
  }

  @Test
  void everyRoute_everyRole_isAllowedOrRefusedByTheTable() {
    List<String> wrong = new ArrayList<>();
    for (Endpoint endpoint : Objects.requireNonNull(endpoints)) {
      String path = "/api/v1" + endpoint.template().replaceAll("\\{[a-z]+}", "nobody");
      String body = endpoint.method().equals("GET") ? null : "{}";
      ApiServer to = Objects.requireNonNull(server);
      check(wrong, 401, status(to, endpoint, path, null, body), endpoint + " by nobody");
      check(wrong, 401, status(to, endpoint, path, "md_x", body), endpoint + " by a guess");
      for (Role role : Role.values()) {
        int status = status(to, endpoint, path, TOKENS.get(role), body);
        boolean refused = status == 403;
        if (refused == role.may(endpoint.permission()) || status >= 500 || status == 401) {
          wrong.add(endpoint + " by " + role + ": " + status);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  // A stream of events never ends: its status is all that is waited for.
  private static int status(
      ApiServer to, Endpoint endpoint, String path, @Nullable String token, @Nullable String body) {
    if (!(endpoint.answer() instanceof Endpoint.Answer.Events)) {
      return send(to, endpoint.method(), path, token, body).statusCode();
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.port() + path));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<InputStream> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      response.body().close();
      return response.statusCode();
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void check(List<String> wrong, int wanted, int status, String what) {
    if (status != wanted) {
      wrong.add(what + ": " + status);
    }
  }

  @Test
  void openApi_describesExactlyTheRunningRoutes() throws Exception {
    HttpResponse<String> served =
        send(Objects.requireNonNull(server), "GET", "/api/v1/openapi.yaml", null, null);
    Map<?, ?> document =
        (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(served.body());
    TreeSet<String> described = new TreeSet<>();
    ((Map<?, ?>) Objects.requireNonNull(document.get("paths")))
        .forEach(
            (path, methods) ->
                ((Map<?, ?>) methods)
                    .forEach(
                        (method, operation) -> {
                          if (operation instanceof Map<?, ?> map) {
                            described.add(method + " " + path + " " + map.get("x-permission"));
                          }
                        }));
    TreeSet<String> running = new TreeSet<>();
    for (Endpoint e : Objects.requireNonNull(endpoints)) {
      running.add(
          e.method().toLowerCase(java.util.Locale.ROOT)
              + " "
              + e.template()
              + " "
              + e.permission().name().toLowerCase(java.util.Locale.ROOT));
    }
    assertThat(described).isEqualTo(running);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | /models | {\"name\": | 400 |",
        "POST | /models | [] | 400 |",
        "POST | /models | null | 400 |",
        "POST | /models | {\"name\":5,\"directory\":\"x\"} | 400 | name",
        "POST | /models | {\"name\":\"x\"} | 400 | directory",
        "POST | /models | {\"name\":\"x\",\"directory\":\"y\",\"z\":1} | 400 | z",
        "POST | /comparisons |"
            + " {\"a\":\"x\",\"b\":\"y\",\"space\":{\"length\":0,\"z\":\"1:2\",\"prefix\":\"bos\",\"allow\":\"all\"},\"method\":\"smc\",\"kernels\":[],\"lanes\":1,\"seed\":1,\"lambda\":0,\"bin\":0.1}"
            + " | 400 | space",
        "POST | /comparisons |"
            + " {\"a\":\"x\",\"b\":\"y\",\"space\":{\"length\":\"8\",\"z\":\"1:2\",\"prefix\":\"bos\",\"allow\":\"all\"},\"method\":\"smc\",\"kernels\":[],\"lanes\":1,\"seed\":1,\"lambda\":0,\"bin\":0.1}"
            + " | 400 | space.length",
        "POST | /campaigns/x/extend | {\"evaluations\":1.5} | 400 | evaluations",
        "GET | /comparisons/toy/result?lambda=much |  | 400 | lambda",
        "GET | /comparisons/toy/result?lambda=-1 |  | 400 | lambda",
        "GET | /comparisons/toy/result?lambda=NaN |  | 400 | lambda",
        "GET | /comparisons/toy/inputs?direction=up |  | 400 | direction",
        "GET | /comparisons/toy/inputs?limit=99999999999 |  | 400 | limit",
        "GET | /comparisons?limit=0 |  | 400 | limit",
        "GET | /comparisons/none |  | 404 |",
        "GET | /comparisons/none/events |  | 404 |",
        "GET | /comparisons/..%2F..%2Fetc%2Fpasswd |  | 404 |",
        "GET | /models/%2e%2e/%2e%2e/etc/passwd |  | 404 |",
        "GET | /models/..%5c..%5cwindows |  | 404 |",
        "GET | /models/a%00b |  | 404 |",
        "GET | /nothing |  | 404 |",
        "GET | /comparisons/%E2%98%83 |  | 404 |",
        "GET | /comparisons/%FF%FE |  | 404 |",
        "GET | /comparisons/toy/result?lambda=1e999 |  | 400 | lambda",
        "GET | /comparisons/toy/result?lambda=%00 |  | 400 | lambda",
        "POST | /campaigns/x/extend | {\"evaluations\":99999999999999999999} | 400 | evaluations",
        "POST | /campaigns/x/extend | {\"evaluations\":1e400} | 400 | evaluations",
        "POST | /campaigns/x/extend | {\"evaluations\":null} | 400 | evaluations",
        "POST | /campaigns/x/clone | {\"seed\":NaN} | 400 |",
        "POST | /instances | {\"a\":\"x\",\"b\":\"y\",\"ids\":[1,\"2\"]} | 400 | ids.[1]",
        "POST | /instances | {\"a\":\"x\",\"b\":\"y\",\"ids\":[1],\"diff\":true} | 400 | diff",
        "POST | /instances | {\"a\":\"x\",\"b\":\"y\",\"text\":\"t\",\"diff\":1} | 400 | diff",
        "POST | /corpora/x/analyses | {} | 400 | models",
        "POST | /corpora/x/analyses | {\"models\":\"m\"} | 400 | models",
        "POST | /corpora/x/analyses | {\"models\":[\"m\"],\"topK\":0} | 400 | topK",
        "POST | /corpora/x/analyses | {\"models\":[\"m\"],\"stride\":-1} | 400 | stride",
        "POST | /corpora/x/analyses | {\"models\":[\"m\"]} | 404 |",
        "POST | /corpora/x/comparisons | {\"a\":\"m\"} | 400 | b",
        "POST | /corpora/x/comparisons | {\"a\":\"m\",\"b\":\"n\",\"k\":-1} | 400 | k",
        "POST | /corpora/x/comparisons | {\"a\":\"m\",\"b\":\"n\",\"bins\":0} | 400 | bins",
        "POST | /corpora/x/comparisons | {\"a\":\"m\",\"b\":\"n\",\"clamp\":0} | 400 | clamp",
        "POST | /corpora/x/comparisons | {\"a\":\"m\",\"b\":\"n\",\"measure\":\"height\"} | 400 |",
        "POST | /corpora/x/comparisons | {\"a\":\"m\",\"b\":\"n\",\"filters\":[\"x\"]} | 400 |",
        "POST | /corpora/x/errors | {} | 404 |",
        "POST | /models/m/texts | {\"count\":1,\"length\":2} | 400 | seed",
        "POST | /models/m/texts | {\"count\":0,\"length\":2,\"seed\":1} | 400 |",
        "GET | /jobs/none |  | 404 |",
        "DELETE | /jobs/none |  | 404 |",
        "OPTIONS | /models |  | 405 |",
        "PATCH | /models | {} | 405 |",
        "DELETE | /models |  | 405 |",
        "PUT | /users/x | {\"role\":\"king\",\"password\":\"long enough\"} | 400 | role",
        "PUT | /users/x | {\"role\":\"viewer\",\"password\":\"short\"} | 400 |",
      })
  void badRequest_getsAProblemThatNamesTheField(
      String method, String path, @Nullable String body, int status, @Nullable String field)
      throws Exception {
    HttpResponse<String> response = asAdmin(method, path, body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonNode problem = JSON.readTree(response.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("detail").asText()).endsWith(".");
    assertThat(problem.path("field").asText(null)).isEqualTo(field);
    assertThat(response.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
  }

  @Test
  void body_nestedTooDeeplyOrWithATooLongNumber_isRefused() {
    for (String body :
        List.of(
            "[".repeat(5000),
            "{\"seed\":" + "[".repeat(5000) + "]".repeat(5000) + "}",
            "{\"seed\":" + "9".repeat(5000) + "}")) {
      HttpResponse<String> response = asAdmin("POST", "/campaigns/x/clone", body);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    }
  }

  @Test
  void method_thatAPathDoesNotTake_isToldThoseThatItTakes() {
    assertThat(asAdmin("DELETE", "/models", null).headers().firstValue("allow"))
        .hasValue("GET, POST");
    assertThat(asAdmin("HEAD", "/models", null).statusCode()).isEqualTo(405);
  }

  // Answered while the client was still sending, one in twenty never saw the answer.
  @RepeatedTest(40)
  void body_ofMoreThanTheLimit_isRefused() {
    String large = "{\"name\":\"" + "x".repeat(5 << 20) + "\",\"content\":\"\"}";
    assertThat(asAdmin("POST", "/corpora", large).statusCode()).isEqualTo(413);
  }

  @Test
  void body_thatIsNotJsonByItsType_isRefused() throws Exception {
    HttpRequest form =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:" + Objects.requireNonNull(server).port() + "/api/v1/models"))
            .header("Authorization", "Bearer " + TOKENS.get(Role.ADMIN))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("name=x"))
            .build();
    assertThat(CLIENT.send(form, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(415);
  }

  @Test
  void request_fromAForeignPage_isRefused() throws Exception {
    HttpRequest foreign =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:" + Objects.requireNonNull(local).port() + "/api/v1/models"))
            .header("Origin", "http://evil.example")
            .build();
    assertThat(CLIENT.send(foreign, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(403);
  }

  @Test
  void singleUser_needsNoToken() throws Exception {
    HttpResponse<String> me = send(Objects.requireNonNull(local), "GET", "/api/v1/me", null, null);
    assertThat(JSON.readTree(me.body()).path("role").asText()).isEqualTo("admin");
  }

  @Test
  void result_ofTheToy_isTheCompareDocument() throws Exception {
    JsonNode result = JSON.readTree(asAdmin("GET", "/comparisons/toy/result", null).body());
    assertThat(result.at("/terms/pdAB/log10").asDouble()).isEqualTo(6.273981299358422);
    assertThat(result.at("/ratio/pooled/0").asDouble()).isEqualTo(1);
    assertThat(result.at("/models/A").asText()).isEqualTo("small-toy");
    assertThat(result.at("/histogramAB/edges").size())
        .isEqualTo(result.at("/histogramAB/log10").size() + 1);
  }

  @Test
  void events_deliverProgress() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + Objects.requireNonNull(server).port()
                        + "/api/v1/comparisons/toy/events"))
            .header("Authorization", "Bearer " + TOKENS.get(Role.VIEWER))
            .build();
    try (InputStream stream =
        CLIENT.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      String start = new String(stream.readNBytes(64), StandardCharsets.UTF_8);
      assertThat(start).startsWith("event: progress\ndata: {\"id\":\"toy\"");
    }
  }

  @Test
  void viewer_mayViewOnly() {
    assertThat(Role.VIEWER.may(Permission.VIEW)).isTrue();
    assertThat(Role.VIEWER.may(Permission.ANNOTATE)).isFalse();
    assertThat(Role.ANNOTATOR.may(Permission.OPERATE)).isFalse();
    assertThat(Role.OPERATOR.may(Permission.ADMINISTER)).isFalse();
  }
}
