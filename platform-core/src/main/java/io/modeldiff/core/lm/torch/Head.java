package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.modeldiff.core.lm.arch.Activation;
import io.modeldiff.core.lm.arch.TransformerWeights;
import io.modeldiff.core.lm.arch.TransformerWeights.Affine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The output layer over A allowed tokens: log-probabilities, tempered draws, log normalisers. Only
 * the allowed rows of the output matrix are multiplied, which is the renormalisation over the
 * allowed tokens. Columns are the allowed tokens in ascending order of id.
 */
final class Head implements AutoCloseable {
  /** Elements of one [positions, A] array: 32 MB of float32. */
  static final int CHUNK = 1 << 23;

  /** Elements of one array of logits from which many texts are read: 256 MB of float32. */
  private static final int BULK = 1 << 26;

  private static final int MOST_BULK = 1024;

  /** Elements of an array that passes over it find in the processor's cache: 1 MB of float32. */
  private static final int IN_CACHE = 1 << 18;

  /**
   * Elements of a slice of the output matrix: 2.4 MB of float32. On a processor, products with such
   * slices one after the other are 1.1 to 1.6 times as fast as one with the whole of a vocabulary's
   * matrix, whose results are rows so long and so oddly aligned that the caches do not hold them.
   */
  private static final int SLICE = 768 * 768;

  private static final int FEWEST_SLICES = 4;

  /** Some columns of the output: their rows of the matrix [a, d] and their biases [a]. */
  private record Columns(PtNDArray matrix, @Nullable PtNDArray bias) {}

  private final Transformer transformer;
  private final NDManager manager;
  private final PtNDArray output;
  private final Columns[] slices;
  private final Columns[] bulk;
  private final PtNDArray input;
  private final int size;
  private final int @Nullable [] allowed;
  private final @Nullable Activations transform;

  /**
   * @param allowed sorted token ids, or null for the whole vocabulary
   */
  Head(Transformer transformer, NDManager parent, int @Nullable [] allowed) {
    this.transformer = transformer;
    this.manager = parent.newSubManager();
    TransformerWeights w = transformer.weights();
    this.allowed = allowed;
    this.size = allowed == null ? transformer.spec().vocabulary() : allowed.length;
    this.output = pick(w.head(), allowed);
    NDArray all = w.headBias();
    PtNDArray bias = all == null ? null : flat(pick(Torch.reshape(Torch.of(all), -1, 1), allowed));
    int step = Math.max(1, SLICE / transformer.spec().width());
    this.slices = slices(bias, step);
    this.bulk = slices(bias, (step + LogitPart.BLOCK - 1) / LogitPart.BLOCK * LogitPart.BLOCK);
    this.input = w.head() == w.tokens() ? output : pick(w.tokens(), allowed);
    this.transform =
        w.transform() == null
            ? null
            : new Activations(transformActivation(), manager, transformer.dtype());
  }

  private Columns[] slices(@Nullable PtNDArray bias, int step) {
    if (manager.getDevice().isGpu() || size < FEWEST_SLICES * step) {
      return new Columns[] {new Columns(output, bias)};
    }
    Columns[] columns = new Columns[(size + step - 1) / step];
    for (int i = 0; i < columns.length; i++) {
      int from = i * step;
      int to = Math.min(size, from + step);
      columns[i] =
          new Columns(slice(output, from, to), bias == null ? null : slice(bias, from, to));
    }
    return columns;
  }

  private PtNDArray slice(PtNDArray array, int from, int to) {
    PtNDArray view = Torch.slice(array, 0, from, to);
    view.attach(manager);
    return view;
  }

  private Activation transformActivation() {
    return transformer.spec().activation();
  }

  private static PtNDArray flat(PtNDArray column) {
    return Torch.reshape(column, column.getShape().get(0));
  }

  private PtNDArray pick(NDArray table, int @Nullable [] allowed) {
    if (allowed == null) {
      return Torch.of(table);
    }
    return Torch.rows(Torch.of(table), Torch.longs(manager, allowed, allowed.length));
  }

  /** A, the number of columns. */
  int size() {
    return size;
  }

  /** Token embeddings of the allowed tokens, [A, d], for drawn column indices. */
  PtNDArray input() {
    return input;
  }

  /** The output matrix [A, d]. */
  PtNDArray output() {
    return output;
  }

  /** Positions whose [positions, A] results fit one chunk. */
  int chunk() {
    return Math.max(1, CHUNK / size);
  }

  /** Positions whose logits texts are read from at once. */
  int bulk() {
    return Math.max(1, Math.min(MOST_BULK, BULK / size));
  }

  /** The token that a column stands for. */
  int token(int column) {
    return allowed == null ? column : allowed[column];
  }

  /** Logits [m, A] of hidden states [m, d]. */
  PtNDArray logits(PtNDArray hidden) {
    return afterTransform(hidden, this::product);
  }

  /** Logits of many hidden states [m, d] by {@link Products}, slice by slice. */
  List<LogitPart> bulkLogits(PtNDArray hidden) {
    return afterTransform(hidden, this::bulkProducts);
  }

  private <T> T afterTransform(PtNDArray hidden, Function<PtNDArray, T> product) {
    Affine dense = transformer.weights().transform();
    if (transform == null || dense == null) {
      return product.apply(hidden);
    }
    PtNDArray moved = transform.apply(Transformer.linear(hidden, dense), false);
    PtNDArray normed = transformer.norm(moved, transformer.weights().transformNorm());
    T logits = product.apply(normed);
    Torch.close(moved, normed);
    return logits;
  }

  private List<LogitPart> bulkProducts(PtNDArray hidden) {
    List<LogitPart> parts = new ArrayList<>();
    int first = 0;
    for (Columns slice : bulk) {
      PtNDArray product = Products.bulk(hidden, slice.matrix(), slice.bias());
      LogitPart part = LogitPart.of(product, first, !manager.getDevice().isGpu());
      parts.add(part);
      first += part.columns();
    }
    return parts;
  }

  private PtNDArray product(PtNDArray hidden) {
    if (slices.length == 1) {
      return JniUtils.linear(hidden, slices[0].matrix(), slices[0].bias());
    }
    PtNDArray[] parts = new PtNDArray[slices.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = JniUtils.linear(hidden, slices[i].matrix(), slices[i].bias());
    }
    PtNDArray logits = JniUtils.cat(parts, 1);
    Torch.close(parts);
    return logits;
  }

  /** Natural-log probabilities [m, A] in float32. */
  PtNDArray logProbabilities(PtNDArray hidden) {
    PtNDArray logits = logits(hidden);
    PtNDArray logp = JniUtils.logSoftmax(logits, -1, DataType.FLOAT32);
    logits.close();
    return logp;
  }

  /**
   * One drawn column per row with what is known of it.
   *
   * @param column [m] int64 column indices
   * @param logp [m, 1] their untempered log-probabilities
   * @param top [m, 1] largest log p of the row
   * @param total [m, 1] Σ_v (p_v / largest p)^β
   */
  record Draw(PtNDArray column, PtNDArray logp, PtNDArray top, PtNDArray total) {}

  /**
   * Draws a column per row from p^β/c_β by inversion of the cumulative distribution. The comparison
   * is with a fraction of the computed total and excludes equality, so a column of probability zero
   * is never drawn and the last one is safe. Probabilities are relative to the row's largest, so
   * that no β under- or overflows the total.
   *
   * @param logp [m, A]
   * @param beta [m, 1]
   * @param uniform [m, 1], below 1 in float32
   */
  static Draw draw(PtNDArray logp, PtNDArray beta, PtNDArray uniform) {
    PtNDArray top = JniUtils.max(logp, -1, true);
    PtNDArray powers = powers(logp, top, beta);
    PtNDArray cumulative = JniUtils.cumSum(powers, -1);
    long columns = logp.getShape().get(1);
    PtNDArray last = Torch.slice(cumulative, 1, columns - 1, columns);
    PtNDArray total = JniUtils.clone(last);
    PtNDArray level = JniUtils.mul(total, uniform);
    PtNDArray below = JniUtils.lte(cumulative, level);
    PtNDArray column = Torch.sumLast(below);
    PtNDArray index = JniUtils.unsqueeze(column, 1);
    PtNDArray picked = JniUtils.gather(logp, index, 1);
    Torch.close(powers, cumulative, last, level, below, index);
    return new Draw(column, picked, top, total);
  }

  /** (p / largest p)^β for a β per row: [m, A]. */
  private static PtNDArray powers(PtNDArray logp, PtNDArray top, PtNDArray beta) {
    PtNDArray centred = JniUtils.sub(logp, top);
    JniUtils.muli(centred, beta);
    PtNDArray powers = JniUtils.exp(centred);
    centred.close();
    return powers;
  }

  /** Largest float32 uniform for which {@link #draw} is safe. */
  static float uniform(double u) {
    return Math.min((float) u, 1f - 0x1.0p-22f);
  }

  /**
   * log c_β = log Σ_v p_v^β with a β of its own for every row.
   *
   * @param logp [m, A]
   * @param beta [m]
   * @return [m]
   */
  static double[] ownNormalizers(PtNDArray logp, double[] beta) {
    PtNDArray top = JniUtils.max(logp, -1, true);
    PtNDArray betas = Torch.floats(logp.getManager(), beta, beta.length, 1);
    PtNDArray powers = powers(logp, top, betas);
    PtNDArray totals = Torch.sumLast(powers);
    double[] result = logNormalizers(Torch.doubles(totals), Torch.doubles(top), beta);
    Torch.close(top, betas, powers, totals);
    return result;
  }

  /** log c_β from the totals relative to the largest probability. */
  static double[] logNormalizers(double[] total, double[] top, double[] beta) {
    double[] result = new double[total.length];
    for (int r = 0; r < total.length; r++) {
      result[r] = Math.log(total[r]) + beta[r % beta.length] * top[r];
    }
    return result;
  }

  /**
   * log c_β = log Σ_v p_v^β for all β at once, shifted by the largest log p so that nothing under-
   * or overflows.
   *
   * @param logp [m, A]
   * @param betas [K]
   * @return [m][K]
   */
  static double[][] logNormalizers(PtNDArray logp, double[] betas) {
    int rows = (int) logp.getShape().get(0);
    int columns = (int) logp.getShape().get(1);
    double[][] result = new double[rows][betas.length];
    if (betas.length == 0) {
      return result;
    }
    int perChunk = (int) Math.max(1, IN_CACHE / ((long) columns * betas.length));
    NDManager m = logp.getManager();
    PtNDArray beta = Torch.floats(m, betas, betas.length, 1);
    PtNDArray max = JniUtils.max(logp, -1, true);
    double[] peak = Torch.doubles(max);
    for (int from = 0; from < rows; from += perChunk) {
      int to = Math.min(rows, from + perChunk);
      PtNDArray part = rows <= perChunk ? logp : Torch.slice(logp, 0, from, to);
      PtNDArray top = rows <= perChunk ? max : Torch.slice(max, 0, from, to);
      PtNDArray centred = JniUtils.sub(part, top);
      PtNDArray cube = JniUtils.unsqueeze(centred, 1);
      PtNDArray scaled = JniUtils.mul(cube, beta);
      PtNDArray powers = JniUtils.exp(scaled);
      PtNDArray sums = Torch.sumLast(powers);
      float[] values = sums.toFloatArray();
      Torch.close(centred, cube, scaled, powers, sums);
      if (part != logp) {
        Torch.close(part, top);
      }
      for (int r = from; r < to; r++) {
        for (int k = 0; k < betas.length; k++) {
          result[r][k] = Math.log(values[(r - from) * betas.length + k]) + betas[k] * peak[r];
        }
      }
    }
    Torch.close(beta, max);
    return result;
  }

  @Override
  public void close() {
    manager.close();
  }
}
