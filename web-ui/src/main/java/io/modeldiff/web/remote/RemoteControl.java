package io.modeldiff.web.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.modeldiff.core.campaign.CampaignSpec;
import io.modeldiff.core.comparison.ComparisonSpec;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.registry.RegisteredModel;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.corpus.ComparedCorpus;
import io.modeldiff.web.corpus.Pairing;
import io.modeldiff.web.corpus.PhraseQuery;
import io.modeldiff.web.corpus.TextGenerator;
import io.modeldiff.web.instance.InstanceDocument;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.FiniteNumbers;
import io.modeldiff.web.service.CampaignControl;
import io.modeldiff.web.service.CorpusService;
import io.modeldiff.web.service.InstanceService.Instance;
import io.modeldiff.web.service.JobService.Job;
import io.modeldiff.web.service.ModelService;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The campaigns of a platform that runs elsewhere, through its API. */
public final class RemoteControl implements CampaignControl {
  private static final Duration LOOK = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int FIRST_ERROR = 400;
  private static final int SERVER_ERROR = 500;

  /** Without a problem in its body: the answer took longer than 20 s. */
  private static final int TOO_SLOW = 503;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .findAndRegisterModules()
          .registerModule(FiniteNumbers.reading())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(LOOK).build();
  private final String url;
  private final @Nullable String token;

  /**
   * @param url of the API, {@code http://HOST:PORT/api/v1}
   */
  public RemoteControl(String url, @Nullable String token) {
    String bare = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.url = bare.endsWith("/api/v1") ? bare : bare + "/api/v1";
    this.token = token;
  }

  /** Whether a platform answers there, in whatever way. */
  public boolean answers() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(uri("/openapi.yaml")).timeout(LOOK).GET().build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()
          < FIRST_ERROR;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public Standing begin(CampaignSpec spec, @Nullable String clonedFrom, Wish wish, Caller who) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("spec", spec);
    body.put("clonedFrom", clonedFrom);
    body.put("wish", wish);
    return read(call("/standings", body), new TypeReference<>() {});
  }

  @Override
  public String compare(ComparisonSpec spec, Wish wish, Caller who) {
    Map<String, Object> body = Map.of("spec", spec, "wish", wish);
    return read(call("/comparisons/specs", body), new TypeReference<Map<String, String>>() {})
        .getOrDefault("id", "");
  }

  /** Where a comparison stands: the word of its phase. */
  public String comparisonPhase(String id) {
    JsonNode summary =
        read(call("/comparisons/" + encoded(id), null), new TypeReference<JsonNode>() {});
    return summary.path("phase").asText();
  }

  /** The result of a comparison at λ. */
  public ComparisonDocument result(String id, double lambda) {
    return read(
        call("/comparisons/" + encoded(id) + "/result?lambda=" + lambda, null),
        new TypeReference<>() {});
  }

  /** The platform's models. */
  public List<RegisteredModel> models() {
    return read(call("/models", null), new TypeReference<List<ModelService.Model>>() {}).stream()
        .map(RemoteControl::registered)
        .toList();
  }

  /** Registers a directory of the platform's machine under a name. */
  public RegisteredModel register(String name, Path directory) {
    Map<String, Object> body =
        Map.of("name", name, "directory", directory.toAbsolutePath().normalize().toString());
    return registered(read(call("/models", body), new TypeReference<>() {}));
  }

  private static RegisteredModel registered(ModelService.Model m) {
    Long parameters = m.parameters();
    return new RegisteredModel(
        m.name(),
        m.directory(),
        m.hash(),
        m.architecture(),
        m.kind(),
        m.vocabulary(),
        m.positions(),
        parameters == null ? 0 : parameters);
  }

  /** The platform's corpora. */
  public List<CorpusService.Corpus> corpora() {
    return read(call("/corpora", null), new TypeReference<>() {});
  }

  /** Registers a text, one phrase a line. */
  public CorpusService.Corpus addCorpus(String name, String content) {
    return read(
        call("/corpora", Map.of("name", name, "content", content)), new TypeReference<>() {});
  }

  /** Registers the representative inputs of a comparison. */
  public CorpusService.Corpus addInputs(
      String name, String comparison, String direction, int limit) {
    Map<String, Object> body = Map.of("name", name, "direction", direction, "limit", limit);
    return read(
        call("/comparisons/" + encoded(comparison) + "/corpus", body), new TypeReference<>() {});
  }

  /** Refuses a corpus that the platform does not know, which may be a file here. */
  public void requireCorpus(String name) {
    List<String> known = corpora().stream().map(c -> c.name()).toList();
    if (!known.contains(name)) {
      throw UserException.badInput(
          unknown("corpus", name, known) + "add a file to it with 'modeldiff corpus add FILE'.");
    }
  }

  /** Refuses models that the platform does not know, which may be directories here. */
  public void requireModels(List<String> names) {
    List<String> known = models().stream().map(m -> m.name()).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw UserException.badInput(
            unknown("model", name, known)
                + "register a directory with 'modeldiff model add DIR --name NAME'.");
      }
    }
  }

  private static String unknown(String what, String name, List<String> known) {
    return "The running platform has no "
        + what
        + " '"
        + name
        + "' (it knows "
        + (known.isEmpty() ? "none" : String.join(", ", known))
        + "); ";
  }

  /** A text under two models, token by token. */
  public InstanceDocument diff(String a, String b, String text) {
    Map<String, Object> body = Map.of("a", a, "b", b, "text", text, "diff", true);
    Instance found = read(call("/instances", body), new TypeReference<>() {});
    return Objects.requireNonNull(found.diff(), "it was asked for");
  }

  /** Begins to analyze a corpus. */
  public Job analyze(CorpusService.AnalysisQuery q) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("models", q.models());
    body.put("topK", q.topK());
    body.put("stride", q.stride());
    body.put("compat", q.compat());
    return job(call(corpus(q.corpus()) + "/analyses", body));
  }

  /** Begins to compare two models over a corpus. */
  public Job compare(
      String corpus, Pairing pair, PhraseQuery phrases, ComparedCorpus.Summary summary) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("a", pair.a());
    body.put("b", pair.b());
    body.put("clamp", pair.clamp());
    body.put("compat", pair.compat());
    body.put("divergences", pair.divergences());
    body.putAll(JSON.convertValue(phrases, new TypeReference<Map<String, Object>>() {}));
    body.putAll(JSON.convertValue(summary, new TypeReference<Map<String, Object>>() {}));
    return job(call(corpus(corpus) + "/comparisons", body));
  }

  /** Begins to look for errors of a corpus. */
  public Job errors(String corpus) {
    return job(call(corpus(corpus) + "/errors", Map.of()));
  }

  /** Begins to have a model write texts. */
  public Job generate(String model, TextGenerator how) {
    return job(call("/models/" + encoded(model) + "/texts", how));
  }

  /** How a job stands. */
  public Job job(Job job) {
    return job(call("/jobs/" + encoded(job.id()), null));
  }

  /** Ends a job. */
  public void cancel(Job job) {
    send(request("/jobs/" + encoded(job.id())).DELETE().build());
  }

  /** What a job that is done found. */
  public <T> T result(Job job, Class<T> type) {
    return JSON.convertValue(job.result(), type);
  }

  private Job job(String body) {
    return read(body, new TypeReference<>() {});
  }

  private static String corpus(String name) {
    return "/corpora/" + encoded(name);
  }

  @Override
  public List<Standing> standings() {
    return read(call("/standings", null), new TypeReference<>() {});
  }

  @Override
  public Standing standing(String id) {
    return read(call("/standings/" + encoded(id), null), new TypeReference<>() {});
  }

  @Override
  public Standing change(String id, Change change, Caller who) {
    return read(call("/standings/" + encoded(id) + "/changes", change), new TypeReference<>() {});
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private URI uri(String path) {
    return URI.create(url + path);
  }

  private String call(String path, @Nullable Object body) {
    HttpRequest.Builder request = request(path);
    if (body != null) {
      request.header("Content-Type", "application/json").POST(json(body));
    }
    return send(request.build());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(PATIENCE);
    if (token != null && !token.isBlank()) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private static HttpRequest.BodyPublisher json(Object body) {
    try {
      return HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("requests are JSON values", e);
    }
  }

  private String send(HttpRequest request) {
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= FIRST_ERROR) {
        throw refusal(response);
      }
      return response.body();
    } catch (IOException e) {
      throw UserException.failed(
          "The platform at " + url + " did not answer (" + e + "); see 'modeldiff doctor'.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UserException.failed("The call was interrupted.", e);
    }
  }

  private static UserException refusal(HttpResponse<String> response) {
    String sentence = sentence(response);
    return response.statusCode() >= SERVER_ERROR
        ? UserException.failed(sentence)
        : UserException.badInput(sentence);
  }

  private static String sentence(HttpResponse<String> response) {
    String otherwise = "The platform answered " + response.statusCode() + ".";
    try {
      return JSON.readTree(response.body()).path("detail").asText(otherwise);
    } catch (JsonProcessingException e) {
      // Not the platform's own words: its HTTP server gave up waiting for them.
      return response.statusCode() == TOO_SLOW
          ? "The platform was not done in the time that one answer may take; ask for less at once,"
              + " or when it has less to do."
          : otherwise;
    }
  }

  private <T> T read(String body, TypeReference<T> type) {
    try {
      return JSON.readValue(body, type);
    } catch (JsonProcessingException e) {
      throw UserException.failed(
          "What the platform at " + url + " answers is not understood; are both of one version?",
          e);
    }
  }
}
