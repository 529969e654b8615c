package io.modeldiff.web.corpus;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.InputSpaces;
import io.modeldiff.core.lm.LaneCache;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelKind;
import io.modeldiff.core.random.KeyedRandom;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.work.WorkStages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Texts that a model generates: sampled from the model itself, token by token, without cut-offs.
 *
 * @param count how many
 * @param length of each, in tokens
 * @param seed the texts are a function of it and the model
 */
public record TextGenerator(int count, int length, long seed) {
  /** Texts that are generated together: what bounds the memory. */
  private static final int TOGETHER = 256;

  public TextGenerator {
    if (count < 1 || length < 1) {
      throw UserException.badInput(
          "The count and the length of texts must be at least 1, but were "
              + count
              + " and "
              + length
              + ".");
    }
  }

  /** As many of the same length with another seed. */
  public TextGenerator withSeed(long other) {
    return new TextGenerator(count, length, other);
  }

  /** Generates them; those that decode to nothing visible are left out. */
  public List<String> texts(LanguageModel model, WorkStages stages) {
    if (model.info().kind() == ModelKind.MASKED) {
      throw UserException.badInput(
          model.info().name() + " is a masked model, which does not generate texts.");
    }
    InputSpace space =
        InputSpaces.resolve(
            model.info(), model.tokenizer(), length, InputSpaces.BOS, InputSpaces.NO_SPECIAL);
    double[][] uniforms = uniforms();
    List<String> texts = new ArrayList<>();
    try (WorkStages.Stage stage =
        stages.begin("Generating with " + model.info().name(), count, "texts")) {
      for (int from = 0; from < count; from += TOGETHER) {
        stage.checkStop();
        int to = Math.min(count, from + TOGETHER);
        for (int[] ids : some(model, space, uniforms, from, to)) {
          // A phrase is one line.
          texts.add(model.tokenizer().decode(ids).replaceAll("\\R|\\p{Cntrl}", " "));
        }
        stage.done(to);
      }
    }
    texts.removeIf(String::isBlank);
    return texts;
  }

  private double[][] uniforms() {
    KeyedRandom random = KeyedRandom.of(seed);
    double[][] uniforms = new double[length][];
    for (int t = 0; t < length; t++) {
      uniforms[t] = random.uniforms(count);
    }
    return uniforms;
  }

  private int[][] some(
      LanguageModel model, InputSpace space, double[][] uniforms, int from, int to) {
    int[][] ids = new int[to - from][length];
    double[] beta = new double[to - from];
    Arrays.fill(beta, 1);
    try (LaneCache lanes = model.openLanes(space, to - from)) {
      lanes.clear();
      for (int t = 0; t < length; t++) {
        double[] own = Arrays.copyOfRange(uniforms[t], from, to);
        int[][] tokens = lanes.extend(beta, own, new double[0]).tokens();
        for (int lane = 0; lane < ids.length; lane++) {
          ids[lane][t] = tokens[lane][t];
        }
      }
    }
    return ids;
  }
}
