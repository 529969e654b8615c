package io.modeldiff.web.cli.annotate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A platform's REST API, as this command's person calls it. */
final class PlatformApi {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LOOK = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int FIRST_ERROR = 400;
  private static final int SERVER_ERROR = 500;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LOOK).build();
  private final String base;
  private final @Nullable String token;
  private final @Nullable String as;

  /**
   * @param url {@code http://HOST:PORT/api/v1}, or without the path
   * @param token of a platform with users
   * @param as the person on a platform without users
   */
  PlatformApi(String url, @Nullable String token, @Nullable String as) {
    String bare = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.base = bare.endsWith("/api/v1") ? bare : bare + "/api/v1";
    this.token = token;
    this.as = as;
  }

  /** A part of a path. */
  static String part(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Whether a platform answers there. */
  boolean answers() {
    try {
      return send(HttpRequest.newBuilder(uri("/openapi.yaml")).timeout(LOOK).GET()).statusCode()
          < FIRST_ERROR;
    } catch (IOException e) {
      return false;
    }
  }

  JsonNode get(String path) {
    return json(text(path));
  }

  /** A file's content. */
  String text(String path) {
    return call(HttpRequest.newBuilder(uri(path)).timeout(PATIENCE).GET());
  }

  JsonNode post(String path, JsonNode body) {
    return json(
        call(
            HttpRequest.newBuilder(uri(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))));
  }

  private URI uri(String path) {
    try {
      return URI.create(base + path);
    } catch (IllegalArgumentException e) {
      throw UserException.badInput(
          "--server must be a URL such as http://127.0.0.1:18080, but was '" + base + "'.", e);
    }
  }

  private String call(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = send(request);
      if (response.statusCode() >= FIRST_ERROR) {
        throw refusal(response);
      }
      return response.body();
    } catch (IOException e) {
      throw UserException.failed(
          "The platform at " + base + " did not answer (" + e + "); see 'modeldiff doctor'.", e);
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    if (token != null && !token.isBlank()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (as != null) {
      request.header("X-Modeldiff-As", as);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UserException.failed("The call was interrupted.", e);
    }
  }

  private static UserException refusal(HttpResponse<String> response) {
    JsonNode problem = json(response.body());
    String sentence =
        problem.path("detail").asText("The platform answered " + response.statusCode() + ".");
    return response.statusCode() >= SERVER_ERROR
        ? UserException.failed(sentence)
        : UserException.badInput(sentence);
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw UserException.failed("What the platform answers is not JSON.", e);
    }
  }
}
