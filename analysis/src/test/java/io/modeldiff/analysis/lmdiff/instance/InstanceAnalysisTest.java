package io.modeldiff.analysis.lmdiff.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modeldiff.analysis.lmdiff.ReferencePairs;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelLoader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InstanceAnalysisTest {
  private static LanguageModel a;
  private static LanguageModel b;

  @BeforeAll
  static void load() {
    a = ModelLoader.load(ReferencePairs.NEAR.model("lm_m"), LoadOptions.defaults());
    b = ModelLoader.load(ReferencePairs.NEAR.model("lm_n"), LoadOptions.defaults());
  }

  @AfterAll
  static void close() {
    a.close();
    b.close();
  }

  @Test
  void analyze_sameTokens_divergencesObeyTheirBounds() {
    Instance instance = analyze("Hello world, compare these two. 漢字 🚀");
    assertThat(instance.comparability().sameTokens()).isTrue();
    assertThat(instance.divergences()).hasSize(instance.first().ids().length);
    for (Divergence d : instance.divergences()) {
      assertThat(d.kl12()).isPositive();
      assertThat(d.kl21()).isPositive();
      assertThat(d.js())
          .isBetween(0.0, Math.log(2))
          .isLessThanOrEqualTo(d.kl12() / 4 + d.kl21() / 4 + 1e-9);
      assertThat(d.entropy1()).isBetween(0.0, Math.log(512));
    }
  }

  @Test
  void analyze_segments_coverTheTextAndKeepTheSurprisal() {
    String text = "naïve 🚀 漢字 text";
    Instance instance = analyze(text);
    int at = 0;
    double bits = 0;
    int bytes = 0;
    for (Segment s : instance.segments()) {
      assertThat(s.start()).isEqualTo(at);
      at = s.end();
      bits += s.bits1();
      bytes += s.bytes();
    }
    assertThat(at).isEqualTo(text.length());
    assertThat(bytes).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    assertThat(bits).isCloseTo(instance.first().scores().surprisal() / Math.log(2), within(1e-6));
    assertThat(Segments.bitsPerByte(instance.segments(), true))
        .isCloseTo(bits / bytes, within(1e-9));
  }

  @Test
  void analyze_textOverTheContext_isScoredInWindows() {
    Instance instance = analyze("word ".repeat(150));
    assertThat(instance.first().windows()).hasSizeGreaterThan(1);
    assertThat(instance.divergences()).hasSize(instance.first().ids().length);
    assertThat(instance.first().scores().length()).isEqualTo(instance.first().ids().length);
  }

  @Test
  void analyze_emptyText_isRefusedAndOneTokenIsNot() {
    assertThatThrownBy(() -> analyze(""))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("empty");
    assertThat(analyze("a").first().scores().length()).isEqualTo(1);
    assertThat(analyze("\u0000\u0007\n").first().scores().length()).isPositive();
  }

  @Test
  void comparability_sameModelFamily_saysSo() {
    Comparability same = Comparability.of(a.info(), a.tokenizer(), b.info(), b.tokenizer());
    assertThat(same.sameTokens()).isTrue();
    assertThat(same.reason()).contains("same tokens");
  }

  private static Instance analyze(String text) {
    return new InstanceAnalysis(a, b, InstanceAnalysis.Options.DEFAULTS).analyze(text);
  }
}
