package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.ModelKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One forward pass over exactly the given inputs: log-probabilities, or attention weights. */
final class PlainForward {
  private final TorchModel model;
  private final Transformer transformer;

  PlainForward(TorchModel model) {
    this.model = model;
    this.transformer = model.transformer();
  }

  /** [inputs][V], natural logarithms. */
  float[][] logProbabilities(int[] input) {
    check(input);
    return input.length == 0 ? new float[0][] : model.queue().call(() -> rows(input));
  }

  /** [layers][heads][inputs][inputs], rows sum to 1. */
  float[][][][] attention(int[] input) {
    check(input);
    return model.queue().call(() -> weights(input));
  }

  private void check(int[] input) {
    if (input.length > model.info().positions()) {
      throw UserException.badInput(
          "A text of "
              + input.length
              + " inputs does not fit model "
              + model.info().name()
              + ", which has "
              + model.info().positions()
              + " positions.");
    }
    for (int id : input) {
      if (id < 0 || id >= model.info().vocabulary()) {
        throw UserException.badInput(
            "Token id " + id + " is outside the vocabulary of model " + model.info().name() + ".");
      }
    }
  }

  private float[][] rows(int[] input) {
    Head head = model.fullHead();
    float[][] result = new float[input.length][];
    try (NDManager m = model.manager().newSubManager()) {
      PtNDArray hidden = hidden(m, input);
      for (int from = 0; from < input.length; from += head.chunk()) {
        int to = Math.min(input.length, from + head.chunk());
        PtNDArray part = Torch.slice(hidden, 0, from, to);
        PtNDArray logp = head.logProbabilities(part);
        float[] flat = logp.toFloatArray();
        for (int i = from; i < to; i++) {
          result[i] =
              Arrays.copyOfRange(flat, (i - from) * head.size(), (i - from + 1) * head.size());
        }
        Torch.close(part, logp);
      }
    }
    return result;
  }

  private float[][][][] weights(int[] input) {
    List<float[]> layers = new ArrayList<>();
    try (NDManager m = model.manager().newSubManager()) {
      transformer.watchAttention(shares -> layers.add(shares.toFloatArray()));
      hidden(m, input);
    } finally {
      transformer.watchAttention(null);
    }
    int n = input.length;
    float[][][][] result = new float[layers.size()][transformer.spec().heads()][n][];
    for (int l = 0; l < result.length; l++) {
      for (int h = 0; h < result[l].length; h++) {
        for (int i = 0; i < n; i++) {
          int at = (h * n + i) * n;
          result[l][h][i] = Arrays.copyOfRange(layers.get(l), at, at + n);
        }
      }
    }
    return result;
  }

  /**
   * Hidden states of two equal rows, of which the first is read: single rows may differ in bits.
   */
  private PtNDArray hidden(NDManager m, int[] input) {
    int n = input.length;
    long[] ids = new long[2 * n];
    for (int i = 0; i < n; i++) {
      ids[i] = input[i];
      ids[n + i] = input[i];
    }
    PtNDArray at = Torch.longs(m, ids, ids.length);
    PtNDArray x = transformer.embed(at, Torch.of(transformer.weights().tokens()));
    boolean causal = model.info().kind() == ModelKind.CAUSAL;
    try (AttentionMask mask = causal ? model.masks().of(m, 0, n, false) : AttentionMask.NONE) {
      return transformer.run(x, Pass.forward(2, n, 0, null, mask));
    }
  }
}
