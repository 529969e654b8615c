package io.modeldiff.core.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every reference model against the numbers of Hugging Face transformers. */
class ReferenceModelsTest {
  /** Largest difference of a log-probability in float32, nats. */
  private static final double TOLERANCE = 2e-4;

  static Stream<Path> tokenized() {
    return References.directories("reference");
  }

  static Stream<Path> models() {
    return Stream.concat(
        References.directories("reference"), References.directories("architectures"));
  }

  @ParameterizedTest
  @MethodSource("models")
  void score_referenceTexts_equalsTransformers(Path directory) {
    JsonNode expected = References.expected(directory);
    List<JsonNode> texts = References.texts(expected);
    try (LanguageModel model = ModelLoader.load(directory, LoadOptions.defaults())) {
      List<TokenScores> scores =
          model.score(texts.stream().map(t -> References.ints(t.get("ids"))).toList(), 10);
      for (int i = 0; i < texts.size(); i++) {
        check(
            directory.getFileName() + " " + texts.get(i).get("name"), texts.get(i), scores.get(i));
      }
    }
  }

  private static void check(String what, JsonNode text, TokenScores scores) {
    boolean bos = scores.from() == 0;
    double[] logProb =
        References.doubles(text.get(bos ? "logprob_f64" : "logprob_f64_without_bos"));
    assertThat(scores.logProb()).as(what).hasSameSizeAs(logProb);
    for (int i = 0; i < logProb.length; i++) {
      assertThat(scores.logProb()[i])
          .as(what + " token " + i)
          .isCloseTo(logProb[i], within(TOLERANCE));
    }
    if (bos) {
      checkRanks(what, text, scores);
    }
  }

  private static void checkRanks(String what, JsonNode text, TokenScores scores) {
    int[] rank = References.ints(text.get("rank_f64"));
    double[] margin = References.doubles(text.get("rank_margin_f64"));
    for (int i = 0; i < rank.length; i++) {
      if (margin[i] > TOLERANCE) {
        assertThat(scores.rank()[i]).as(what + " rank of token " + i).isEqualTo(rank[i]);
      }
      int[] ids = References.ints(text.get("top10_ids").get(i));
      double[] probs = References.doubles(text.get("top10_probs").get(i));
      for (int k = 0; k < ids.length; k++) {
        assertThat((double) scores.topProbs()[i][k])
            .as(what + " top " + k + " of token " + i)
            .isCloseTo(probs[k], within(TOLERANCE * probs[k]));
        if (firm(probs, k)) {
          assertThat(scores.topIds()[i][k]).as(what + " top " + k).isEqualTo(ids[k]);
        }
      }
    }
  }

  /** Whether the k-th probability differs enough from its neighbours for its place to be firm. */
  private static boolean firm(double[] probs, int k) {
    double gap = 2 * TOLERANCE * probs[k];
    return (k == 0 || probs[k - 1] - probs[k] > gap)
        && k < probs.length - 1
        && probs[k] - probs[k + 1] > gap;
  }

  @ParameterizedTest
  @MethodSource("tokenized")
  void encode_referenceTexts_givesTheSameIds(Path directory) {
    Tokenizer tokenizer = ModelDirectory.open(directory).tokenizer();
    for (JsonNode text : References.expected(directory).get("texts")) {
      String input = text.get("text").textValue();
      int[] ids = References.ints(text.get("ids"));
      assertThat(tokenizer.encode(input)).as(input).containsExactly(ids);
      if (text.has("decoded")) {
        assertThat(tokenizer.decode(ids)).as(input).isEqualTo(text.get("decoded").textValue());
      }
    }
  }
}
