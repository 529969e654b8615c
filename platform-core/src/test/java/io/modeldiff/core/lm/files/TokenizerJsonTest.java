package io.modeldiff.core.lm.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modeldiff.core.lm.Tokenizer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A word-level tokenizer against the ids and spans of the Hugging Face library. */
class TokenizerJsonTest {
  @Test
  void encodeWithSpans_wordLevel_equalsTheLibrary() throws IOException, URISyntaxException {
    Path directory =
        Path.of(Objects.requireNonNull(getClass().getResource("/tokenizers/wordlevel")).toURI());
    Tokenizer tokenizer = TokenizerJson.open(directory);
    JsonNode texts =
        new ObjectMapper().readTree(directory.resolve("expected.json").toFile()).get("texts");
    for (JsonNode t : texts) {
      String text = t.get("text").textValue();
      Tokenizer.Encoded encoded = tokenizer.encodeWithSpans(text);
      assertThat(tokenizer.encode(text)).as(text).isEqualTo(encoded.ids());
      assertThat(encoded.ids()).as(text).hasSize(t.get("ids").size());
      for (int i = 0; i < encoded.ids().length; i++) {
        assertThat(encoded.ids()[i]).as(text).isEqualTo(t.get("ids").get(i).intValue());
        // The library counts code points.
        JsonNode span = t.get("spans").get(i);
        assertThat(text.codePointCount(0, encoded.starts()[i])).isEqualTo(span.get(0).intValue());
        assertThat(text.codePointCount(0, encoded.ends()[i])).isEqualTo(span.get(1).intValue());
      }
    }
    assertThat(tokenizer.size()).isEqualTo(7);
    assertThat(tokenizer.specialIds()).containsExactly(1);
    assertThat(tokenizer.token(5)).isEqualTo("naïve");
    assertThat(tokenizer.token(99)).isEmpty();
    assertThat(tokenizer.decode(new int[0])).isEmpty();
  }

  /** Byte-level, joined and other decoders; ids without a token, special ones, broken UTF-8. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/reference/gpt2",
        "/reference/llama",
        "/reference/bert",
        "/tokenizers/wordlevel",
        "/io/modeldiff/core/toy"
      })
  void decode_randomIds_isWhatTheLibrarySays(String resource) throws URISyntaxException {
    TokenizerJson tokenizer =
        TokenizerJson.open(
            Path.of(
                    Objects.requireNonNull(getClass().getResource(resource + "/tokenizer.json"))
                        .toURI())
                .getParent());
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 2000; i++) {
      int[] ids = random.ints(1 + i % 25, 0, tokenizer.size() + 3).toArray();
      assertThat(tokenizer.decode(ids))
          .as(Arrays.toString(ids))
          .isEqualTo(tokenizer.decodeByLibrary(ids));
    }
  }

  @Test
  void decode_letterOfSeveralTokens_isPutTogether() throws URISyntaxException {
    TokenizerJson tokenizer =
        TokenizerJson.open(
            Path.of(Objects.requireNonNull(getClass().getResource("/reference/gpt2")).toURI()));
    String text = "Grüße, 世界 \uD83D\uDE42";
    int[] ids = tokenizer.encode(text);
    assertThat(tokenizer.decode(ids)).isEqualTo(text).isEqualTo(tokenizer.decodeByLibrary(ids));
    int[] cut = Arrays.copyOf(ids, ids.length - 1);
    assertThat(tokenizer.decode(cut)).isEqualTo(tokenizer.decodeByLibrary(cut)).contains("\uFFFD");
  }
}
