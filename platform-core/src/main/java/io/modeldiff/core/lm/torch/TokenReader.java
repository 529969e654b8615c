package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.modeldiff.core.lm.TokenScores;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads log-probabilities, ranks and most likely tokens of given tokens from logits, and gathers
 * them by text. Nothing is sorted: a rank is the number of larger logits, and the k largest are
 * among the k blocks of columns with the largest maxima.
 */
final class TokenReader {
  /** Columns of a block of which the maximum is taken; logits have a multiple of it. */
  static final int BLOCK = 64;

  /** Elements of an array that passes over it find in the processor's cache: 1 MB of float32. */
  private static final int IN_CACHE = 1 << 18;

  private static final Shape POOL = new Shape(BLOCK, 1);
  private static final Shape NONE = new Shape(0, 0);
  private static final long[] CHANNELS_FIRST = {0, 3, 1, 2};

  private final int k;
  private final Head head;
  private final List<double[]> logProb = new ArrayList<>();
  private final List<int[]> rank = new ArrayList<>();
  private final List<int[][]> topIds = new ArrayList<>();
  private final List<float[][]> topProbs = new ArrayList<>();

  /**
   * A reader of the scores of some texts.
   *
   * @param topK most likely tokens wanted of each position
   * @param scored number of scored tokens of each text
   */
  TokenReader(Head head, int topK, int[] scored) {
    this.head = head;
    this.k = Math.min(topK, head.size());
    for (int n : scored) {
      logProb.add(new double[n]);
      rank.add(new int[n]);
      topIds.add(new int[n][0]);
      topProbs.add(new float[n][0]);
    }
  }

  /** What was read of a text. */
  TokenScores scores(int text, int[] tokens, int firstScored) {
    return new TokenScores(
        tokens.clone(),
        firstScored,
        logProb.get(text),
        rank.get(text),
        topIds.get(text),
        topProbs.get(text));
  }

  /**
   * Reads some positions.
   *
   * @param logits [≥ n, columns], columns beyond the head's −∞
   * @param targets column of the token at each
   * @param places text and place within its scores of each
   */
  void read(PtNDArray logits, long[] targets, List<int[]> places) {
    int n = places.size();
    PtNDArray rows = Torch.slice(logits, 0, 0, n);
    PtNDArray target = Torch.longs(logits.getManager(), targets, n, 1);
    PtNDArray own = JniUtils.gather(rows, target, 1);
    NDList best = top(rows, Math.max(1, k));
    PtNDArray largest = Torch.of(best.get(0));
    PtNDArray peak = Torch.slice(largest, 1, 0, 1);
    double[] logit = Torch.doubles(own);
    double[] logTotal = new double[n];
    float[] larger = new float[n];
    boolean gpu = logits.getDevice().isGpu();
    int step = gpu ? n : (int) Math.max(1, IN_CACHE / logits.getShape().get(1));
    for (int from = 0; from < n; from += step) {
      sums(rows, own, peak, from, Math.min(n, from + step), logTotal, larger);
    }
    float[] values = largest.toFloatArray();
    long[] columns = Torch.of(best.get(1)).toLongArray();
    int width = values.length / n;
    for (int i = 0; i < n; i++) {
      int text = places.get(i)[0];
      int at = places.get(i)[1];
      double normalizer = values[i * width] + logTotal[i];
      logProb.get(text)[at] = logit[i] - normalizer;
      rank.get(text)[at] = (int) larger[i];
      if (k > 0) {
        takeTop(text, at, i * width, values, columns, normalizer);
      }
    }
    Torch.close(rows, target, own, peak);
    best.close();
  }

  private void takeTop(
      int text, int at, int from, float[] values, long[] columns, double normalizer) {
    int[] ids = new int[k];
    float[] probs = new float[k];
    for (int j = 0; j < k; j++) {
      ids[j] = head.token((int) columns[from + j]);
      probs[j] = (float) Math.exp(values[from + j] - normalizer);
    }
    topIds.get(text)[at] = ids;
    topProbs.get(text)[at] = probs;
  }

  /** log Σ exp(logit − largest) and the number of logits above the token's own, of some rows. */
  private static void sums(
      PtNDArray rows,
      PtNDArray own,
      PtNDArray peak,
      int from,
      int to,
      double[] logTotal,
      float[] larger) {
    PtNDArray part = Torch.slice(rows, 0, from, to);
    PtNDArray top = Torch.slice(peak, 0, from, to);
    PtNDArray level = Torch.slice(own, 0, from, to);
    PtNDArray centred = JniUtils.sub(part, top);
    PtNDArray powers = JniUtils.exp(centred);
    PtNDArray totals = Torch.sumLast(powers);
    PtNDArray above = JniUtils.gt(part, level);
    PtNDArray ones = JniUtils.to(above, DataType.FLOAT32, above.getDevice());
    PtNDArray counts = Torch.sumLast(ones);
    double[] total = Torch.doubles(totals);
    float[] count = counts.toFloatArray();
    for (int i = from; i < to; i++) {
      logTotal[i] = Math.log(total[i - from]);
      larger[i] = count[i - from];
    }
    Torch.close(part, top, level, centred, powers, totals, above, ones, counts);
  }

  /** The k largest of each row, largest first, and their columns: [n, k] each. */
  static NDList top(PtNDArray rows, int k) {
    long n = rows.getShape().get(0);
    long blocks = rows.getShape().get(1) / BLOCK;
    if (blocks < 2L * k || rows.getShape().get(1) % BLOCK != 0) {
      return JniUtils.topK(rows, k, 1, true, true);
    }
    // Block b is the columns b, b + blocks, b + 2·blocks, ...: maxima are taken across blocks.
    PtNDArray cube = Torch.reshape(rows, n, BLOCK, 1, blocks);
    PtNDArray turned = JniUtils.permute(cube, CHANNELS_FIRST);
    PtNDArray pooled = JniUtils.maxPool(turned, POOL, POOL, NONE, false);
    PtNDArray maxima = Torch.reshape(pooled, n, blocks);
    NDList best = JniUtils.topK(maxima, k, 1, true, false);
    NDManager m = rows.getManager();
    long[] steps = new long[BLOCK];
    for (int j = 0; j < BLOCK; j++) {
      steps[j] = j * blocks;
    }
    PtNDArray step = Torch.longs(m, steps, 1, 1, BLOCK);
    PtNDArray first = JniUtils.unsqueeze(Torch.of(best.get(1)), 2);
    PtNDArray grid = JniUtils.add(first, step);
    PtNDArray candidates = Torch.reshape(grid, n, (long) k * BLOCK);
    PtNDArray values = JniUtils.gather(rows, candidates, 1);
    NDList among = JniUtils.topK(values, k, 1, true, true);
    PtNDArray columns = JniUtils.gather(candidates, Torch.of(among.get(1)), 1);
    NDList result = new NDList(among.get(0), columns);
    among.get(1).close();
    Torch.close(cube, turned, pooled, maxima, step, first, grid, candidates, values);
    best.close();
    return result;
  }
}
