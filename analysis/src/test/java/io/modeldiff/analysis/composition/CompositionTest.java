package io.modeldiff.analysis.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CompositionTest {
  @Test
  void of_typicalTexts_areOfTheirKinds() {
    assertThat(TextKind.of("the cat sat on the mat and it was happy", 0))
        .containsExactly(TextKind.ENGLISH);
    assertThat(TextKind.of("for (int i = 0; i < n; i++) { sum += a[i]; }", 0))
        .contains(TextKind.CODE)
        .doesNotContain(TextKind.ENGLISH);
    assertThat(TextKind.of("19:35:37, 2014 29.693 0045", 0)).contains(TextKind.DIGITS);
    assertThat(TextKind.of("see www.example.org for more", 0)).contains(TextKind.URL);
    assertThat(TextKind.of("ваши новости сегодня", 0)).containsExactly(TextKind.OTHER_SCRIPT);
    assertThat(TextKind.of("you you you you", 0.5)).contains(TextKind.REPETITION);
    assertThat(TextKind.of("", 0)).isEmpty();
  }

  @Test
  void of_weightedInputs_sharesFollowWeights() {
    Composition c =
        Composition.of(
            List.of(
                new Composition.Input("12345 67890", new int[] {1, 2}, 3),
                new Composition.Input("hello world", new int[] {3, 4}, 1)));
    assertThat(c.shares().get(TextKind.DIGITS)).isCloseTo(0.75, within(1e-12));
    assertThat(c.shares().get(TextKind.OTHER_LATIN)).isCloseTo(0.25, within(1e-12));
    assertThat(c.ess()).isCloseTo(16.0 / 10, within(1e-12));
  }

  @Test
  void contrast_plantedToken_comesFirstAndChanceStaysLow() {
    SplittableRandom random = new SplittableRandom(9);
    List<Composition.Input> set = inputs(random, 200, 0.2);
    List<Composition.Input> rest = inputs(random, 800, 0.02);
    List<TokenContrast.Token> tokens = TokenContrast.of(set, rest);
    assertThat(tokens.get(0).id()).isEqualTo(7);
    assertThat(tokens.get(0).score()).isGreaterThan(8);
    List<TokenContrast.Token> none = TokenContrast.of(inputs(random, 200, 0.02), rest);
    assertThat(none.get(0).score()).isLessThan(4);
  }

  @Test
  void contrast_oneHeavyInput_isNoEvidence() {
    List<Composition.Input> set = new ArrayList<>(inputs(new SplittableRandom(1), 100, 0.02));
    List<Composition.Input> rest = inputs(new SplittableRandom(2), 400, 0.02);
    set.add(new Composition.Input("x", new int[] {999, 999}, 1e6));
    TokenContrast.Token heavy =
        TokenContrast.of(set, rest).stream().filter(t -> t.id() == 999).findFirst().orElseThrow();
    assertThat(heavy.count()).isLessThan(3);
  }

  private static List<Composition.Input> inputs(SplittableRandom random, int n, double planted) {
    List<Composition.Input> list = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int[] tokens = new int[16];
      for (int t = 0; t < 16; t++) {
        tokens[t] = random.nextDouble() < planted ? 7 : 10 + random.nextInt(200);
      }
      list.add(new Composition.Input("x", tokens, 1));
    }
    return list;
  }
}
