package io.modeldiff.analysis.lmdiff;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldiff.core.lm.LaneCache;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.LoadOptions;
import io.modeldiff.core.lm.ModelLoader;
import io.modeldiff.core.space.InputSpace;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * LMdiff, section 4.2: text that a model generated is more likely under it than under another. The
 * area under the ROC curve of the mean surprisal difference over generated snippets, printed for
 * each pair of the bundled models.
 */
@Tag("heavy")
class WhichModelWroteItTest {
  private static final Path MODELS = Path.of(System.getProperty("modeldiff.models", "../models"));
  private static final int SNIPPETS = 200;
  private static final int LENGTH = 25;

  @Test
  void surprisalDifference_ofGeneratedSnippets_tellsTheirModel() {
    List<String> names = List.of("mini-code", "mini-prose", "mini-prose-tuned");
    for (int i = 0; i < names.size(); i++) {
      for (int j = i + 1; j < names.size(); j++) {
        double auc = auc(names.get(i), names.get(j), 7);
        System.out.printf(
            "%s against %s: AUC %.4f (%d snippets of %d tokens each)%n",
            names.get(i), names.get(j), auc, SNIPPETS, LENGTH);
        assertThat(auc).isGreaterThan(0.9);
      }
    }
  }

  private static double auc(String first, String second, long seed) {
    try (LanguageModel a = ModelLoader.load(MODELS.resolve(first), LoadOptions.defaults());
        LanguageModel b = ModelLoader.load(MODELS.resolve(second), LoadOptions.defaults())) {
      double[] fromA = differences(a, b, generate(a, seed));
      double[] fromB = differences(a, b, generate(b, seed + 1));
      double wins = 0;
      for (double x : fromA) {
        for (double y : fromB) {
          wins += x > y ? 1 : x == y ? 0.5 : 0;
        }
      }
      return wins / ((double) fromA.length * fromB.length);
    }
  }

  /** Mean surprisal under b minus that under a: positive speaks for a. */
  private static double[] differences(LanguageModel a, LanguageModel b, int[][] snippets) {
    double[] result = new double[snippets.length];
    var one = a.score(Arrays.asList(snippets), 0);
    var two = b.score(Arrays.asList(snippets), 0);
    for (int i = 0; i < result.length; i++) {
      result[i] = two.get(i).nll() - one.get(i).nll();
    }
    return result;
  }

  private static int[][] generate(LanguageModel model, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] bos = {model.info().bos().orElseThrow()};
    int vocabulary = model.info().vocabulary();
    InputSpace space = InputSpace.all(LENGTH, bos, vocabulary);
    int[][] snippets = new int[SNIPPETS][LENGTH];
    double[] beta = new double[SNIPPETS];
    Arrays.fill(beta, 1);
    try (LaneCache lanes = model.openLanes(space, SNIPPETS)) {
      lanes.clear();
      for (int t = 0; t < LENGTH; t++) {
        double[] uniforms = random.doubles(SNIPPETS, 1e-9, 1 - 1e-9).toArray();
        int[][] tokens = lanes.extend(beta, uniforms, new double[0]).tokens();
        for (int lane = 0; lane < SNIPPETS; lane++) {
          snippets[lane][t] = tokens[lane][t];
        }
      }
    }
    return snippets;
  }
}
