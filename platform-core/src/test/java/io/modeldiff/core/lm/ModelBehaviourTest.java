package io.modeldiff.core.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.space.InputSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Precision, devices, limits, threads, tokenizers. */
class ModelBehaviourTest {
  private static final Path GPT2 = References.resource("reference/gpt2");

  @ParameterizedTest
  @ValueSource(
      strings = {"reference/gpt2", "reference/llama", "reference/bert", "architectures/gemma"})
  void score_f16_staysNearTheReference(String name) {
    Path directory = References.resource(name);
    List<JsonNode> texts = References.texts(References.expected(directory));
    try (LanguageModel model = ModelLoader.load(directory, new LoadOptions("cpu", "f16"))) {
      assertThat(model.info().dtype()).isEqualTo("f16");
      List<TokenScores> scores =
          model.score(texts.stream().map(t -> References.ints(t.get("ids"))).toList(), 3);
      double sum = 0;
      int n = 0;
      for (int i = 0; i < texts.size(); i++) {
        double[] expected = References.doubles(texts.get(i).get("logprob_f64"));
        for (int j = 0; j < expected.length; j++) {
          sum += Math.abs(scores.get(i).logProb()[j] - expected[j]);
          n++;
        }
      }
      // Random weights of size 0.3 are a hard case: activations are large.
      assertThat(sum / n).isLessThan(0.02);
    }
  }

  @Test
  void score_oneTextOrMany_agrees() {
    try (LanguageModel model = ModelLoader.load(GPT2, LoadOptions.defaults())) {
      List<int[]> texts = new ArrayList<>();
      for (int n = 0; n < 40; n++) {
        int[] ids = new int[n % 9];
        for (int i = 0; i < ids.length; i++) {
          // Some begin alike.
          ids[i] = (31 * (i < 3 ? n % 2 : n) + 7 * i) % 512;
        }
        texts.add(ids);
      }
      List<TokenScores> together = model.score(texts, 0);
      for (int n = 0; n < texts.size(); n++) {
        TokenScores alone = model.score(List.of(texts.get(n)), 0).get(0);
        assertThat(together.get(n).logProb()).hasSize(texts.get(n).length);
        assertThat(together.get(n).logProb()).containsExactly(alone.logProb(), within(1e-4));
      }
      assertThat(together.get(0).nll()).isNaN();
    }
  }

  @Test
  void load_smallMemoryBudget_givesTheSameNumbers() {
    try (LanguageModel wide = ModelLoader.load(GPT2, LoadOptions.defaults());
        LanguageModel narrow = ModelLoader.load(GPT2, new LoadOptions("cpu", "f32", 1 << 16))) {
      InputSpace space = InputSpace.all(6, new int[] {511}, 512);
      int[][] tokens = new int[50][6];
      for (int r = 0; r < tokens.length; r++) {
        for (int i = 0; i < 6; i++) {
          tokens[r][i] = (r * 17 + i * 91) % 512;
        }
      }
      assertThat(narrow.energies(space, tokens))
          .containsExactly(wide.energies(space, tokens), within(1e-3));
    }
  }

  @Test
  void energies_neighboursOrThreads_doNotChangeABit() throws Exception {
    try (LanguageModel model = ModelLoader.load(GPT2, LoadOptions.defaults());
        LanguageModel other =
            ModelLoader.load(References.resource("reference/llama"), LoadOptions.defaults())) {
      InputSpace space = InputSpace.all(4, new int[] {511}, 512);
      InputSpace second = InputSpace.all(4, new int[] {1}, 592);
      int[][] few = {{1, 2, 3, 4}};
      int[][] many = {{9, 9, 9, 9}, {1, 2, 3, 4}, {5, 6, 7, 8}};
      double expected = model.energies(space, few)[0];
      assertThat(model.energies(space, many)[1]).isEqualTo(expected);
      double otherExpected = other.energies(second, few)[0];
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
          calls.add(
              () ->
                  model.energies(space, few)[0] == expected
                      && other.energies(second, few)[0] == otherExpected);
        }
        for (Future<Boolean> same : threads.invokeAll(calls)) {
          assertThat(same.get()).isTrue();
        }
      } finally {
        threads.shutdown();
      }
    }
  }

  @Test
  void limits_areSentences() {
    try (LanguageModel model = ModelLoader.load(GPT2, LoadOptions.defaults());
        LanguageModel bert =
            ModelLoader.load(References.resource("reference/bert"), LoadOptions.defaults())) {
      assertThatThrownBy(() -> model.score(List.of(new int[300]), 0))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("300 tokens")
          .hasMessageContaining("256 positions");
      assertThatThrownBy(() -> model.score(List.of(new int[] {512}), 0))
          .hasMessageContaining("Token id 512");
      assertThatThrownBy(() -> model.openLanes(InputSpace.all(300, new int[] {511}, 512), 2))
          .hasMessageContaining("256");
      assertThatThrownBy(() -> bert.openLanes(InputSpace.all(3, new int[] {2}, 512), 2))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("masked model");
    }
    assertThatThrownBy(() -> ModelLoader.load(GPT2, new LoadOptions("cuda:64", "f32")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cuda:64");
    assertThatThrownBy(() -> ModelLoader.load(GPT2, new LoadOptions("tpu", "f32")))
        .hasMessageContaining("--device");
    assertThatThrownBy(() -> ModelLoader.load(GPT2, new LoadOptions("cpu", "bf16")))
        .hasMessageContaining("--dtype");
  }

  @Test
  void spans_textBeyondTheBasicPlane_countUtf16() {
    Tokenizer tokenizer = ModelDirectory.open(References.resource("reference/llama")).tokenizer();
    String text = "Hi 👩‍👧 ok";
    Tokenizer.Encoded e = tokenizer.encodeWithSpans(text);
    assertThat(e.ids()).containsExactly(tokenizer.encode(text));
    assertThat(e.ends()[e.ends().length - 1]).isEqualTo(text.length());
    for (int i = 0; i < e.ids().length; i++) {
      assertThat(e.starts()[i]).isLessThanOrEqualTo(e.ends()[i]);
      assertThat(e.ends()[i]).isLessThanOrEqualTo(text.length());
    }
    assertThat(tokenizer.specialIds()).contains(1, 2);
    assertThat(tokenizer.token(1)).isEqualTo("<s>");
    assertThat(tokenizer.vocabulary()).containsEntry("</s>", 2);
  }

  @Test
  void info_knowsTheStartToken() {
    assertThat(ModelDirectory.open(GPT2).info("f32", "cpu").bos()).hasValue(511);
    ModelInfo bert = ModelDirectory.open(References.resource("reference/bert")).info("f32", "cpu");
    assertThat(bert.bos()).isEmpty();
    assertThat(bert.kind()).isEqualTo(ModelKind.MASKED);
    assertThat(bert.parameters()).isGreaterThan(10_000);
    assertThat(bert.hash()).hasSize(64);
  }
}
