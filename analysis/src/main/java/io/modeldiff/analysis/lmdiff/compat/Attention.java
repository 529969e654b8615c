package io.modeldiff.analysis.lmdiff.compat;

import io.modeldiff.analysis.lmdiff.cache.SpecialTokens;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Attention out of, or towards, one token of a text, special tokens left out as in the original. A
 * masked model's row of a token is taken from the pass in which that token is masked; the original
 * never masks the last content token.
 */
final class Attention {
  private final LanguageModel model;
  private final int[] ids;

  Attention(LanguageModel model, String text) {
    this.model = model;
    this.ids = model.tokenizer().encode(text);
  }

  /** {@code [layers][heads][tokens]}, rounded to 4 digits. */
  List<List<List<Double>>> of(int token, boolean outward, boolean maskLast, int start) {
    if (token < 0 || token >= ids.length) {
      throw UserException.badInput(
          "token_index_in_text should be from 0 to "
              + (ids.length - 1)
              + " for this text, not "
              + token
              + ".");
    }
    boolean masked = model.info().kind() == ModelKind.MASKED;
    float[][][][] weights = masked ? masked(maskLast) : causal(start);
    List<List<List<Double>>> layers = new ArrayList<>();
    for (float[][][] layer : weights) {
      List<List<Double>> heads = new ArrayList<>();
      for (float[][] head : layer) {
        float[] row = new float[ids.length];
        for (int i = 0; i < row.length; i++) {
          row[i] = outward ? head[token + 1][i + 1] : head[i + 1][token + 1];
        }
        heads.add(Answers.rounded(row, 4));
      }
      layers.add(heads);
    }
    return layers;
  }

  private float[][][][] causal(int start) {
    int[] input = new int[ids.length + 1];
    input[0] = start;
    System.arraycopy(ids, 0, input, 1, ids.length);
    if (input.length > model.info().positions()) {
      throw UserException.badInput(
          "The text has "
              + ids.length
              + " tokens, more than the context of model "
              + model.info().name()
              + "; attention is shown for texts that fit.");
    }
    return model.attention(input);
  }

  private float[][][][] masked(boolean maskLast) {
    SpecialTokens special = SpecialTokens.of(model);
    int[] input = special.around(ids);
    float[][][][] result = model.attention(input);
    for (int i = 1; i <= ids.length; i++) {
      if (i < ids.length || maskLast) {
        int[] hidden = input.clone();
        hidden[i] = special.mask();
        float[][][][] one = model.attention(hidden);
        for (int l = 0; l < result.length; l++) {
          for (int h = 0; h < result[l].length; h++) {
            result[l][h][i] = one[l][h][i];
          }
        }
      }
    }
    return result;
  }
}
