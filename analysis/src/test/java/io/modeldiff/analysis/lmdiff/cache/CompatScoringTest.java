package io.modeldiff.analysis.lmdiff.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The original's treatment of masked models, against a reference made with transformers. */
class CompatScoringTest {
  private static final Path BERT =
      Path.of("..", "platform-core", "src", "test", "resources", "reference", "bert");

  @Test
  void score_maskedModelCompat_seesOnlyTheLastTokenUnmasked() throws IOException {
    JsonNode texts =
        new ObjectMapper().readTree(BERT.resolve("expected.json").toFile()).get("texts");
    try (LanguageModel model = ModelLoader.load(BERT, LoadOptions.defaults())) {
      PhraseScorer compat = new PhraseScorer(model, 10, ScoringRules.COMPAT);
      PhraseScorer standard = new PhraseScorer(model, 10, ScoringRules.STANDARD);
      for (JsonNode text : texts) {
        int n = text.path("ids").size();
        if (n == 0 || n > 40) {
          continue;
        }
        PhraseScores ours = standard.score(List.of(text.get("text").asText())).get(0);
        PhraseScores theirs = compat.score(List.of(text.get("text").asText())).get(0);
        assertThat(theirs.length()).isEqualTo(n);
        for (int t = 0; t < n; t++) {
          boolean last = t == n - 1;
          double expected =
              text.get(last ? "logprob_f64_unmasked" : "logprob_f64").get(t).asDouble();
          assertThat((double) theirs.logProbs()[t]).isCloseTo(expected, within(2e-4));
          assertThat((double) ours.logProbs()[t])
              .isCloseTo(text.get("logprob_f64").get(t).asDouble(), within(2e-4));
          if (!last && text.get("rank_margin_f64").get(t).asDouble() > 1e-3) {
            assertThat(theirs.ranks()[t]).isEqualTo(text.get("rank_f64").get(t).asInt());
          }
        }
      }
    }
  }

  @Test
  void attention_ofMaskedModel_rowsSumToOne() {
    try (LanguageModel model = ModelLoader.load(BERT, LoadOptions.defaults())) {
      int[] input = SpecialTokens.of(model).around(model.tokenizer().encode("hello world"));
      for (float[][][] layer : model.attention(input)) {
        for (float[][] head : layer) {
          assertThat(head).hasNumberOfRows(input.length);
          for (float[] row : head) {
            float sum = 0;
            for (float w : row) {
              sum += w;
            }
            assertThat(sum).isCloseTo(1f, within(1e-5f));
          }
        }
      }
    }
  }
}
