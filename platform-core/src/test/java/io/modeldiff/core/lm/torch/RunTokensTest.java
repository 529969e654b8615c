package io.modeldiff.core.lm.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Beginnings of texts that are run once, against a set of all beginnings. */
class RunTokensTest {
  private static final int SPAN = 9;

  @Test
  void shared_randomTexts_holdEveryBeginningOnce() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      List<int[]> texts = texts(random);
      RunTokens run = RunTokens.shared(texts);
      assertThat(run.size()).as("seed %d", seed).isEqualTo(beginnings(texts).size());
      check(texts, run);
    }
  }

  @Test
  void all_randomTexts_holdEveryToken() {
    List<int[]> texts = texts(new Random(3));
    RunTokens run = RunTokens.all(texts);
    assertThat(run.size()).isEqualTo(texts.stream().mapToInt(t -> t.length).sum());
    check(texts, run);
  }

  private static List<int[]> texts(Random random) {
    return IntStream.range(0, 1 + random.nextInt(12))
        .mapToObj(i -> random.ints(1 + random.nextInt(SPAN), 0, 3).toArray())
        .toList();
  }

  private static Set<List<Integer>> beginnings(List<int[]> texts) {
    Set<List<Integer>> beginnings = new HashSet<>();
    for (int[] text : texts) {
      IntStream.rangeClosed(1, text.length).forEach(n -> beginnings.add(beginning(text, n)));
    }
    return beginnings;
  }

  private static List<Integer> beginning(int[] text, int length) {
    return Arrays.stream(text).limit(length).boxed().toList();
  }

  /** Each place of each text has its token behind its own beginning, in the rectangle as well. */
  private static void check(List<int[]> texts, RunTokens run) {
    long[] rectangle = run.rectangle(SPAN);
    long[] places = run.inRectangle(SPAN);
    for (int text = 0; text < texts.size(); text++) {
      for (int t = 0; t < texts.get(text).length; t++) {
        int token = run.places()[text][t];
        assertThat(run.ids()[token]).isEqualTo(texts.get(text)[t]);
        assertThat(run.positions()[token]).isEqualTo(t);
        assertThat(beginning(texts.get(run.texts()[token]), t + 1))
            .isEqualTo(beginning(texts.get(text), t + 1));
        assertThat(rectangle[text * SPAN + t]).isEqualTo(token);
        assertThat(rectangle[(int) places[token]]).isEqualTo(token);
      }
    }
  }
}
