package io.modeldiff.web.api.lmdiff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.analysis.lmdiff.compat.OriginalApiServer;
import io.modeldiff.analysis.lmdiff.compat.PairSource;
import io.modeldiff.analysis.lmdiff.format.ConfigDirectory;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelLoader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The original's requests, over HTTP, against its recorded answers; and what must not be answered.
 */
class LmdiffRouteTest {
  private static final Path PAIR =
      Path.of("..", "analysis", "src", "test", "resources", "lmdiff", "gpt2_pair");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static ActorSystem system;
  private static PairSource source;
  private static ServerBinding binding;

  @BeforeAll
  static void start() throws Exception {
    system = ActorSystem.create("lmdiff-route-test");
    source =
        new PairSource(
            "lm_a",
            "lm_b",
            Optional.of(ConfigDirectory.open(PAIR.resolve("analysis"))),
            name -> ModelDirectory.open(PAIR.resolve(name)),
            d -> ModelLoader.load(d, LoadOptions.defaults()));
    binding =
        Http.get(system)
            .newServerAt("127.0.0.1", 0)
            .bind(
                LmdiffRoute.of(
                    new OriginalApiServer(source, source, true),
                    Executors.newSingleThreadExecutor(),
                    Set.of("http://localhost:3000")))
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
  }

  @AfterAll
  static void stop() throws Exception {
    source.close();
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void everyRecordedRequest_overHttp_isAnsweredLikeTheOriginal() throws Exception {
    for (JsonNode call : JSON.readTree(PAIR.resolve("responses/index.json").toFile())) {
      HttpResponse<String> response = send(call);
      int expected = call.get("status").asInt();
      if (expected == 200) {
        JsonNode original = JSON.readTree(PAIR.resolve(call.get("file").asText()).toFile());
        JsonNode ours = JSON.readTree(response.body());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(shape(ours)).as(call.toString()).isEqualTo(shape(original));
      } else {
        assertThat(response.statusCode()).isIn(200, 400, 422);
        assertThat(response.statusCode()).isLessThan(500);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api/new-suggestions?m1=lm_a&m2=lm_b&dataset=sixty&metric=kl,400,metric should be one of",
    "/api/new-suggestions?m1=lm_a&m2=lm_b&dataset=sixty,422,metric is missing",
    "/api/new-suggestions?m1=lm_a&m2=lm_b&dataset=sixty&metric=avg_rank_diff&k=x,422,k should be",
    "/api/new-suggestions?m1=lm_a&m2=lm_b&dataset=sixty&metric=avg_rank_diff&order=up,422,order",
    "/api/new-suggestions?m1=lm_a&m2=lm_b&dataset=..%2F..%2Fsixty&metric=avg_rank_diff,400,dataset",
    "/api/available-datasets?m1=nobody&m2=lm_b,400,There is no model",
    "/api/available-datasets,422,m1 is missing"
  })
  void badQuery_isOneSentence(String path, int status, String words) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(JSON.readTree(response.body()).get("detail").asText()).contains(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{oops|422|not JSON",
        "[]|422|JSON object",
        "{\"m1\":\"lm_a\",\"m2\":\"lm_b\"}|422|text",
        "{\"m1\":\"lm_a\",\"m2\":\"lm_b\",\"text\":\"\"}|400|empty",
        "{\"m1\":\"../../etc\",\"m2\":\"lm_b\",\"text\":\"x\"}|400|There is no model"
      })
  void badBody_isOneSentence(String body, int status, String words) throws Exception {
    HttpResponse<String> response = post("/api/analyze-text", body);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(JSON.readTree(response.body()).get("detail").asText()).contains(words);
  }

  @Test
  void hugeBody_isRefused() throws Exception {
    HttpResponse<String> response =
        CLIENT.send(
            HttpRequest.newBuilder(uri("/api/analyze-text"))
                .POST(BodyPublishers.ofString("{\"text\":\"" + "x".repeat(5 << 20) + "\"}"))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(413);
  }

  @Test
  void pathsOfFiles_areNotServed() throws Exception {
    for (String path :
        List.of("/data/..%2f..%2fetc%2fpasswd", "/client/../../etc/passwd", "/api/../data/x")) {
      assertThat(get(path).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void crossOrigin_onlyForConfiguredOrigins() throws Exception {
    assertThat(origin("http://localhost:3000")).contains("http://localhost:3000");
    assertThat(origin("http://evil.example")).isEmpty();
  }

  private static Optional<String> origin(String origin) throws Exception {
    return CLIENT
        .send(
            HttpRequest.newBuilder(uri("/api/all-models")).header("Origin", origin).build(),
            BodyHandlers.ofString())
        .headers()
        .firstValue("Access-Control-Allow-Origin");
  }

  /** Field names and array sizes; values are compared in the engine's own test. */
  private static String shape(JsonNode node) {
    if (node.isArray()) {
      return "[" + node.size() + (node.isEmpty() ? "" : shape(node.get(0))) + "]";
    }
    if (node.isObject()) {
      List<String> fields = new ArrayList<>();
      node.fieldNames()
          .forEachRemaining(
              f ->
                  fields.add(
                      f
                          + (f.equals("tokens")
                                  || f.equals("m1")
                                  || f.equals("m2")
                                  || f.equals("diff")
                              ? ""
                              : shape(node.get(f)))));
      return fields.toString();
    }
    return node.isNumber() ? "n" : "s";
  }

  private static HttpResponse<String> send(JsonNode call) throws Exception {
    String path = call.get("path").asText();
    if (call.get("method").asText().equals("POST")) {
      return post(path, call.get("sent").toString());
    }
    List<String> query = new ArrayList<>();
    call.get("sent")
        .fields()
        .forEachRemaining(
            f ->
                query.add(
                    f.getKey()
                        + "="
                        + URLEncoder.encode(f.getValue().asText(), StandardCharsets.UTF_8)));
    return get(path + "?" + String.join("&", query));
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + binding.localAddress().getPort() + path);
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json; charset=UTF-8")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
