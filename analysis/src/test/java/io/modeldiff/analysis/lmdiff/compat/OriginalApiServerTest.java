package io.modeldiff.analysis.lmdiff.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldiff.analysis.lmdiff.ReferencePairs;
import io.modeldiff.analysis.lmdiff.ReferencePairs.Pair;
import io.modeldiff.analysis.lmdiff.compat.OriginalApi.SuggestionRequest;
import io.modeldiff.analysis.lmdiff.format.ConfigDirectory;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelDirectory;
import io.modeldiff.core.lm.ModelLoader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Field by field against the answers that the original server gave. */
class OriginalApiServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double TOLERANCE = 1.01e-4;
  private static final Map<Pair, PairSource> SOURCES = new HashMap<>();

  record Answer(Pair pair, JsonNode call) {
    @Override
    public String toString() {
      return pair.dataset() + " " + call.path("file").asText() + " " + call.path("path").asText();
    }
  }

  static Stream<Answer> answers() throws IOException {
    List<Answer> all = new ArrayList<>();
    for (Pair pair :
        List.of(
            ReferencePairs.FAR,
            ReferencePairs.NEAR,
            ReferencePairs.BERT,
            ReferencePairs.DISTILBERT)) {
      for (JsonNode call :
          JSON.readTree(pair.directory().resolve("responses/index.json").toFile())) {
        all.add(new Answer(pair, call));
      }
    }
    return all.stream();
  }

  @AfterAll
  static void closeModels() {
    SOURCES.values().forEach(PairSource::close);
    SOURCES.clear();
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answer_originalsRequest_equalsTheOriginalsAnswer(Answer answer) throws IOException {
    JsonNode call = answer.call();
    OriginalApiServer api = api(answer.pair());
    if (call.get("status").asInt() != 200) {
      if (call.at("/sent/text").asText("").length() == 1) {
        assertThat(answer(api, call)).isNotNull(); // the original fails where ours has an answer
      } else {
        assertThatThrownBy(() -> answer(api, call)).isInstanceOf(UserException.class);
      }
      return;
    }
    JsonNode expected =
        JSON.readTree(answer.pair().directory().resolve(call.get("file").asText()).toFile());
    JsonNode actual = JSON.valueToTree(answer(api, call));
    List<String> differences = new ArrayList<>();
    if (call.get("path").asText().endsWith("new-suggestions")) {
      suggestions(expected, actual, call.at("/sent/metric").asText(), differences);
    } else {
      compare("", expected, actual, differences);
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void answer_unknownNamesAndBadNumbers_areSentences() {
    OriginalApiServer api = api(ReferencePairs.FAR);
    assertThatThrownBy(() -> api.analyzeText("../../etc/passwd", "lm_b", "x"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("There is no model");
    assertThatThrownBy(
            () ->
                api.newSuggestions(
                    new SuggestionRequest(
                        "lm_a", "lm_b", "../sixty", "avg_rank_diff", false, 5, true, 10)))
        .hasMessageContaining("no analysed dataset '../sixty'");
    assertThatThrownBy(
            () ->
                api.newSuggestions(
                    new SuggestionRequest(
                        "lm_a", "lm_b", "sixty", "avg_rank_diff", false, -1, true, 10)))
        .hasMessageContaining("k should be");
    assertThatThrownBy(() -> api.specificAttention("lm_a", "lm_b", "Hello", 99, true))
        .hasMessageContaining("token_index_in_text");
  }

  private static OriginalApiServer api(Pair pair) {
    PairSource source =
        SOURCES.computeIfAbsent(
            pair,
            p ->
                new PairSource(
                    p.first(),
                    p.second(),
                    Optional.of(ConfigDirectory.open(p.directory().resolve("analysis"))),
                    name -> ModelDirectory.open(p.model(name)),
                    d -> ModelLoader.load(d, LoadOptions.defaults())));
    return new OriginalApiServer(source, source, true);
  }

  private static Object answer(OriginalApiServer api, JsonNode call) {
    JsonNode sent = call.get("sent");
    String m1 = sent.path("m1").asText();
    String m2 = sent.path("m2").asText();
    return switch (call.get("path").asText()) {
      case "/api/all-models" -> api.allModels();
      case "/api/available-datasets" -> api.availableDatasets(m1, m2);
      case "/api/analyze-text" -> api.analyzeText(m1, m2, sent.get("text").asText());
      case "/api/specific-attention" ->
          api.specificAttention(
              m1,
              m2,
              sent.get("text").asText(),
              sent.get("token_index_in_text").asInt(),
              sent.path("outward_attentions").asBoolean(true));
      case "/api/new-suggestions" ->
          api.newSuggestions(
              new SuggestionRequest(
                  m1,
                  m2,
                  sent.get("dataset").asText(),
                  sent.get("metric").asText(),
                  sent.path("order").asText("descending").equals("ascending"),
                  sent.path("k").asInt(50),
                  sent.path("sort_by_abs").asBoolean(true),
                  sent.path("histogram_bins").asInt(100)));
      default -> throw new AssertionError(call);
    };
  }

  /** Ties come in arbitrary order in the original: ranked values agree, examples by index. */
  private static void suggestions(
      JsonNode expected, JsonNode actual, String metric, List<String> differences) {
    compare("/request", expected.get("request"), actual.get("request"), differences);
    compare("/histogram", expected.get("histogram"), actual.get("histogram"), differences);
    assertThat(actual.get("result")).hasSameSizeAs(expected.get("result"));
    Map<Integer, JsonNode> ours = new HashMap<>();
    actual.get("result").forEach(r -> ours.put(r.get("example_idx").asInt(), r));
    for (int i = 0; i < expected.get("result").size(); i++) {
      JsonNode e = expected.get("result").get(i);
      JsonNode a = actual.get("result").get(i);
      double x = Math.abs(e.at("/metrics/" + metric).asDouble());
      double y = Math.abs(a.at("/metrics/" + metric).asDouble());
      if (x != y) {
        differences.add("/result/" + i + " ranks " + y + " where " + x + " was expected");
      }
      JsonNode same = ours.get(e.get("example_idx").asInt());
      if (same != null) {
        compare("/result/" + i, withoutRankDifference(e), withoutRankDifference(same), differences);
        ranks(e, same, differences);
      }
    }
  }

  private static JsonNode withoutRankDifference(JsonNode example) {
    ObjectNode copy = example.deepCopy();
    ((ObjectNode) copy.get("diff")).remove("rank");
    return copy;
  }

  /** The original subtracts unsigned integers; modulo 2³² they agree. */
  private static void ranks(JsonNode expected, JsonNode actual, List<String> differences) {
    Iterator<JsonNode> a = actual.at("/diff/rank").iterator();
    for (JsonNode e : expected.at("/diff/rank")) {
      if ((int) e.asLong() != a.next().asInt()) {
        differences.add("/diff/rank of example " + expected.get("example_idx"));
      }
    }
  }

  private static void compare(
      String at, JsonNode expected, JsonNode actual, List<String> differences) {
    if (differences.size() > 20) {
      return;
    }
    if (expected.isNumber() && actual.isNumber()) {
      if (Math.abs(expected.asDouble() - actual.asDouble()) > TOLERANCE
          || expected.isIntegralNumber() != actual.isIntegralNumber()) {
        differences.add(at + ": " + actual + " instead of " + expected);
      }
    } else if (expected.isContainerNode() && actual.size() == expected.size()) {
      if (expected.isArray()) {
        for (int i = 0; i < expected.size(); i++) {
          compare(at + "/" + i, expected.get(i), actual.get(i), differences);
        }
      } else {
        expected
            .fieldNames()
            .forEachRemaining(
                f -> compare(at + "/" + f, expected.get(f), actual.path(f), differences));
      }
    } else if (!expected.equals(actual)) {
      differences.add(at + ": " + actual + " instead of " + expected);
    }
  }
}
