package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.modeldiff.core.space.InputSpace;
import java.util.Arrays;

/**
 * ∂E/∂onehot for gradient-informed kernels (Grathwohl et al. 2021, "Oops I took a gradient"). With
 * one-hot rows o_i, E = −Σ_i Σ_v o_iv·log p(v | o_&lt;i·W), so a token counts twice: as the input
 * that changes later distributions (backward pass, times the embedding matrix) and as the scored
 * target (−log p of every alternative).
 */
final class Gradients {
  private final TorchModel model;
  private final Transformer transformer;
  private final InputSpace space;

  Gradients(TorchModel model, InputSpace space) {
    this.model = model;
    this.transformer = model.transformer();
    this.space = space;
  }

  /** [count][N][vocabulary]; +∞ at tokens that are not allowed. */
  float[][][] of(int[][] tokens) {
    int inputs = Math.max(1, space.prefix().length + space.length() - 1);
    // A differentiated pass keeps every intermediate result of every layer.
    int rows = Math.max(2, model.passRows(inputs) / (2 * transformer.spec().layers()));
    float[][][] result = new float[tokens.length][][];
    Head head = model.head(space);
    try {
      for (int from = 0; from < tokens.length; from += rows) {
        int to = Math.min(tokens.length, from + rows);
        float[][][] part = batch(head, Arrays.copyOfRange(tokens, from, to));
        System.arraycopy(part, 0, result, from, to - from);
      }
    } finally {
      if (head != model.fullHead()) {
        head.close();
      }
    }
    return result;
  }

  private float[][][] batch(Head head, int[][] tokens) {
    int rows = Math.max(2, tokens.length);
    int prefix = space.prefix().length;
    int inputs = prefix + space.length() - 1;
    long[] ids = new long[rows * inputs];
    for (int i = 0; i < ids.length; i++) {
      int t = i % inputs;
      int[] sequence = tokens[Math.min(i / inputs, tokens.length - 1)];
      ids[i] = t < prefix ? space.prefix()[t] : sequence[t - prefix];
    }
    try (NDManager m = model.manager().newSubManager()) {
      PtNDArray at = Torch.longs(m, ids, ids.length);
      PtNDArray embedded = transformer.embed(at, Torch.of(transformer.weights().tokens()));
      JniUtils.setGradMode(true);
      try {
        return differentiate(m, head, embedded, tokens, rows, inputs);
      } finally {
        JniUtils.setGradMode(false);
      }
    }
  }

  private float[][][] differentiate(
      NDManager m, Head head, PtNDArray leaf, int[][] tokens, int rows, int inputs) {
    JniUtils.attachGradient(leaf, true);
    int first = Math.max(space.prefix().length - 1, 0);
    int span = inputs - first;
    int firstScored = space.length() - span;
    // The pass frees its input; the leaf must outlive it.
    PtNDArray embedded = JniUtils.mul(leaf, Torch.floatsLike(m, leaf, 1f));
    PtNDArray logp;
    try (AttentionMask mask = model.masks().of(m, 0, inputs, false)) {
      Pass pass = new Pass(rows, inputs, 0, null, mask, false, true, false, null);
      PtNDArray hidden = transformer.run(embedded, pass);
      PtNDArray cube = Torch.reshape(hidden, rows, inputs, transformer.spec().width());
      PtNDArray scored = Torch.slice(cube, 1, first, inputs);
      logp =
          head.logProbabilities(
              Torch.reshape(scored, (long) rows * span, transformer.spec().width()));
    }
    long[] targets = new long[rows * span];
    for (int i = 0; i < targets.length; i++) {
      int[] sequence = tokens[Math.min(i / span, tokens.length - 1)];
      targets[i] = Arrays.binarySearch(space.allowed(), sequence[firstScored + i % span]);
    }
    PtNDArray picked = JniUtils.gather(logp, Torch.longs(m, targets, targets.length, 1), 1);
    PtNDArray energy = JniUtils.neg(JniUtils.sum(picked));
    JniUtils.backward(energy, Torch.floatsLike(m, energy, 1f), false, false);
    PtNDArray slope = JniUtils.getGradient(leaf);
    slope.attach(m);
    JniUtils.setGradMode(false);
    return assemble(head, slope, logp, tokens.length, inputs, span);
  }

  private float[][][] assemble(
      Head head, PtNDArray slope, PtNDArray logp, int count, int inputs, int span) {
    float scale = transformer.spec().embeddingScale();
    NDArray wide = slope.toType(DataType.FLOAT32, false);
    NDArray table = head.input().toType(DataType.FLOAT32, false);
    float[] asInput = wide.matMul(table.transpose()).toFloatArray();
    float[] asTarget = logp.toFloatArray();
    int[] allowed = space.allowed();
    int n = space.length();
    int prefix = space.prefix().length;
    float[][][] result = new float[count][n][space.vocabulary()];
    for (int r = 0; r < count; r++) {
      for (int i = 0; i < n; i++) {
        float[] row = result[r][i];
        Arrays.fill(row, Float.POSITIVE_INFINITY);
        int input = prefix + i;
        int target = i - (n - span);
        for (int c = 0; c < allowed.length; c++) {
          float own =
              input < inputs ? scale * asInput[(r * inputs + input) * allowed.length + c] : 0;
          float scored = target >= 0 ? asTarget[(r * span + target) * allowed.length + c] : 0;
          row[allowed[c]] = own - scored;
        }
      }
    }
    return result;
  }
}
