package io.modeldiff.web.cli.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.core.error.UserException;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.FiniteNumbers;
import io.modeldiff.web.result.corpus.CorpusDocument;
import io.modeldiff.web.result.corpus.CorpusQuery;
import io.modeldiff.web.result.inputs.InputPage;
import io.modeldiff.web.result.inputs.InputQuery;
import io.modeldiff.web.result.inputs.TextMix;
import io.modeldiff.web.service.ComparisonService.Rebuilt;
import io.modeldiff.web.service.ComparisonService.Summary;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The comparisons of a running platform, through its API. */
final class RemoteShelf implements Shelf {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int FIRST_ERROR = 400;
  private static final int SERVER_ERROR = 500;
  private static final int MOST_LISTED = 1000;
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .findAndRegisterModules()
          .registerModule(FiniteNumbers.reading())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final String url;
  private final @Nullable String token;

  RemoteShelf(String url, @Nullable String token) {
    String bare = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.url = bare.endsWith("/api/v1") ? bare : bare + "/api/v1";
    this.token = token;
  }

  /** Whether a platform answers there. */
  boolean answers() {
    try {
      return client
              .send(
                  request("/openapi.yaml").timeout(CONNECT).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          < FIRST_ERROR;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public List<Summary> list() {
    return read("/comparisons?limit=" + MOST_LISTED, new TypeReference<>() {});
  }

  @Override
  public ComparisonDocument result(String id, @Nullable Double lambda) {
    String at = lambda == null ? "" : "?lambda=" + lambda;
    return read("/comparisons/" + encoded(id) + "/result" + at, new TypeReference<>() {});
  }

  @Override
  public InputPage inputs(String id, InputQuery query) {
    return read(
        "/comparisons/" + encoded(id) + "/inputs?" + words(query), new TypeReference<>() {});
  }

  @Override
  public TextMix mix(String id, InputQuery query) {
    return read(
        "/comparisons/" + encoded(id) + "/composition?" + words(query), new TypeReference<>() {});
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public CorpusDocument corpus(String id, CorpusQuery query) {
    String body;
    try {
      body = JSON.writeValueAsString(query);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a query of strings and numbers can be written", e);
    }
    return read(
        request("/comparisons/" + id + "/corpus-space")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        new TypeReference<>() {});
  }

  private static String words(InputQuery q) {
    return "direction="
        + q.direction()
        + "&from="
        + q.from()
        + "&to="
        + q.to()
        + "&zFrom="
        + q.zFrom()
        + "&zTo="
        + q.zTo()
        + "&text="
        + encoded(q.text())
        + "&offset="
        + q.offset()
        + "&limit="
        + q.limit();
  }

  @Override
  public void export(String id, String what, String format, Path file) {
    String path = "/comparisons/" + encoded(id) + "/export?what=" + what + "&format=" + format;
    try {
      Path part = Files.createTempFile("modeldiff-", ".part");
      HttpResponse<Path> response =
          client.send(request(path).build(), HttpResponse.BodyHandlers.ofFile(part));
      if (response.statusCode() >= FIRST_ERROR) {
        String problem = Files.readString(part);
        Files.delete(part);
        throw refusal(response.statusCode(), problem);
      }
      Files.move(part, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw silent(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public Rebuilt rebuild(String id) {
    return read(
        request("/comparisons/" + encoded(id) + "/rebuild")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build(),
        new TypeReference<>() {});
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
    return token == null || token.isBlank()
        ? request
        : request.header("Authorization", "Bearer " + token);
  }

  private <T> T read(String path, TypeReference<T> type) {
    return read(request(path).build(), type);
  }

  private <T> T read(HttpRequest request, TypeReference<T> type) {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= FIRST_ERROR) {
        throw refusal(response.statusCode(), response.body());
      }
      return JSON.readValue(response.body(), type);
    } catch (JsonProcessingException e) {
      throw UserException.failed(
          "What the platform at " + url + " answers is not understood; are both of one version?",
          e);
    } catch (IOException e) {
      throw silent(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static UserException refusal(int status, String body) throws JsonProcessingException {
    String sentence =
        JSON.readTree(body).path("detail").asText("The platform answered " + status + ".");
    return status >= SERVER_ERROR
        ? UserException.failed(sentence)
        : UserException.badInput(sentence);
  }

  private UserException silent(IOException e) {
    return UserException.failed(
        "The platform at " + url + " did not answer (" + e + "); see 'modeldiff doctor'.", e);
  }

  private static UserException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return UserException.failed("The call was interrupted.", e);
  }

  @Override
  public void close() {}
}
