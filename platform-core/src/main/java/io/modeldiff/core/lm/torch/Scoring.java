package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.modeldiff.core.error.UserException;
import io.modeldiff.core.lm.ModelKind;
import io.modeldiff.core.lm.TokenScores;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Scores texts over the full vocabulary. Causal texts are sorted by length and padded on the right,
 * where a causal model does not look.
 */
final class Scoring {
  private final TorchModel model;
  private final Transformer transformer;
  private final Head head;
  private final int[] prefix;
  private final int @Nullable [] allowed;

  /** Behind the model's start token, over the whole vocabulary. */
  Scoring(TorchModel model) {
    this(model, model.info().bos().stream().toArray(), null, model.fullHead());
  }

  /**
   * @param prefix token ids before every text; empty: its first token is not scored
   * @param allowed the columns of the head as ascending token ids, or null for all
   */
  Scoring(TorchModel model, int[] prefix, int @Nullable [] allowed, Head head) {
    this.model = model;
    this.transformer = model.transformer();
    this.head = head;
    this.prefix = prefix;
    this.allowed = allowed;
  }

  /** Accumulates the scores of one text. */
  private static final class Row {
    final double[] logProb;
    final int[] rank;
    final int[][] topIds;
    final float[][] topProbs;

    Row(int scored) {
      logProb = new double[scored];
      rank = new int[scored];
      topIds = new int[scored][0];
      topProbs = new float[scored][0];
    }
  }

  List<TokenScores> score(List<int[]> texts, int topK) {
    texts.forEach(this::requireFits);
    int k = Math.min(topK, head.size());
    Row[] rows = new Row[texts.size()];
    Integer[] order = new Integer[texts.size()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingInt(i -> texts.get(i).length));
    for (int from = 0; from < order.length; ) {
      int to = batchEnd(texts, order, from);
      List<Integer> batch = List.of(Arrays.copyOfRange(order, from, to));
      model
          .queue()
          .call(
              () -> {
                scoreBatch(texts, batch, k, rows);
                return true;
              });
      from = to;
    }
    TokenScores[] scores = new TokenScores[rows.length];
    for (int i = 0; i < rows.length; i++) {
      Row r = rows[i];
      scores[i] =
          new TokenScores(
              texts.get(i).clone(), firstScored(), r.logProb, r.rank, r.topIds, r.topProbs);
    }
    return List.of(scores);
  }

  /** 0 when a token starts the text, else 1: the first cannot be scored. */
  private int firstScored() {
    return model.info().kind() == ModelKind.MASKED || prefix.length > 0 ? 0 : 1;
  }

  /** Index of the input whose state predicts the first scored token. */
  private int firstState() {
    return Math.max(0, prefix.length - 1);
  }

  /** The column of the head that stands for a token. */
  private int column(int id) {
    return allowed == null ? id : Arrays.binarySearch(allowed, id);
  }

  private void requireFits(int[] text) {
    int inputs = text.length - 1 + prefix.length;
    if (inputs > model.info().positions()) {
      throw UserException.badInput(
          "A text of "
              + text.length
              + " tokens does not fit model "
              + model.info().name()
              + ", which has "
              + model.info().positions()
              + " positions; shorten it or score it in windows.");
    }
    for (int id : text) {
      if (id < 0 || id >= model.info().vocabulary()) {
        throw UserException.badInput(
            "Token id "
                + id
                + " is outside the vocabulary 0.."
                + (model.info().vocabulary() - 1)
                + " of model "
                + model.info().name()
                + ".");
      }
      if (column(id) < 0) {
        throw UserException.badInput(
            "Token id "
                + id
                + " ('"
                + model.tokenizer().token(id)
                + "') of a text is not among the allowed tokens; allow it or leave the text out.");
      }
    }
  }

  /** End of the batch that begins at {@code from} in the order of lengths. */
  private int batchEnd(List<int[]> texts, Integer[] order, int from) {
    int to = from + 1;
    while (to < order.length) {
      int longest = texts.get(order[to]).length;
      if (to - from >= model.passRows(Math.max(1, longest))) {
        break;
      }
      to++;
    }
    return to;
  }

  private int[] inputs(int[] text) {
    int[] in = Arrays.copyOf(prefix, prefix.length + Math.max(0, text.length - 1));
    System.arraycopy(text, 0, in, prefix.length, in.length - prefix.length);
    return in;
  }

  private void scoreBatch(List<int[]> texts, List<Integer> batch, int k, Row[] rows) {
    int span = 0;
    for (int i : batch) {
      int scored = Math.max(0, texts.get(i).length - firstScored());
      rows[i] = new Row(scored);
      span = Math.max(span, scored);
    }
    if (span == 0) {
      return;
    }
    span += firstState();
    int size = Math.max(2, batch.size());
    long[] ids = new long[size * span];
    for (int r = 0; r < size; r++) {
      int[] in = inputs(texts.get(batch.get(Math.min(r, batch.size() - 1))));
      for (int t = 0; t < in.length; t++) {
        ids[r * span + t] = in[t];
      }
    }
    try (NDManager m = model.manager().newSubManager()) {
      PtNDArray hidden = hidden(m, ids, size, span);
      for (int r = 0; r < batch.size(); r++) {
        int text = batch.get(r);
        Row row = rows[text];
        int[] targets =
            Arrays.copyOfRange(texts.get(text), firstScored(), firstScored() + row.rank.length);
        scoreRow(hidden, r * span + firstState(), targets, k, row);
      }
    }
  }

  private PtNDArray hidden(NDManager m, long[] ids, int rows, int span) {
    PtNDArray at = Torch.longs(m, ids, ids.length);
    PtNDArray x = transformer.embed(at, Torch.of(transformer.weights().tokens()));
    PtNDArray mask = model.masks().of(m, 0, span);
    return transformer.run(x, Pass.forward(rows, span, 0, null, mask));
  }

  /** Scores consecutive hidden states from {@code at} on, a chunk of positions at a time. */
  private void scoreRow(PtNDArray hidden, int at, int[] targets, int k, Row row) {
    for (int from = 0; from < targets.length; from += head.chunk()) {
      int to = Math.min(targets.length, from + head.chunk());
      PtNDArray part = Torch.slice(hidden, 0, at + from, at + to);
      PtNDArray logits = head.logits(part);
      PtNDArray wide = JniUtils.to(logits, DataType.FLOAT32, logits.getDevice());
      long[] wanted = new long[to - from];
      for (int i = from; i < to; i++) {
        wanted[i - from] = column(targets[i]);
      }
      read(wide, Torch.longs(part.getManager(), wanted, wanted.length, 1), from, k, row);
      Torch.close(part, logits, wide);
    }
  }

  private void read(PtNDArray logits, PtNDArray target, int from, int k, Row row) {
    PtNDArray logp = JniUtils.logSoftmax(logits, -1, DataType.FLOAT32);
    PtNDArray picked = JniUtils.gather(logp, target, 1);
    PtNDArray own = JniUtils.gather(logits, target, 1);
    PtNDArray larger = JniUtils.gt(logits, own);
    PtNDArray ranks = Torch.sumLast(larger);
    double[] values = Torch.doubles(picked);
    long[] rank = ranks.toLongArray();
    for (int i = 0; i < rank.length; i++) {
      row.logProb[from + i] = values[i];
      row.rank[from + i] = (int) rank[i];
    }
    Torch.close(picked, own, larger, ranks, target);
    if (k > 0) {
      top(logp, from, k, row);
    }
    logp.close();
  }

  private void top(PtNDArray logp, int from, int k, Row row) {
    NDList best = JniUtils.topK(logp, k, 1, true, true);
    float[] values = best.get(0).toFloatArray();
    long[] ids = best.get(1).toLongArray();
    for (int i = 0; i < ids.length / k; i++) {
      int[] topIds = new int[k];
      float[] topProbs = new float[k];
      for (int j = 0; j < k; j++) {
        int column = (int) ids[i * k + j];
        topIds[j] = allowed == null ? column : allowed[column];
        topProbs[j] = (float) Math.exp(values[i * k + j]);
      }
      row.topIds[from + i] = topIds;
      row.topProbs[from + i] = topProbs;
    }
    best.close();
  }

  float[][] logProbabilities(int[] text) {
    requireFits(text);
    int scored = Math.max(0, text.length - firstScored());
    float[][] result = new float[scored][];
    if (scored == 0) {
      return result;
    }
    return model.queue().call(() -> fill(text, scored, result));
  }

  private float[][] fill(int[] text, int scored, float[][] result) {
    int[] in = inputs(text);
    long[] ids = new long[2 * scored];
    for (int t = 0; t < scored; t++) {
      ids[t] = in[t];
      ids[scored + t] = in[t];
    }
    try (NDManager m = model.manager().newSubManager()) {
      PtNDArray hidden = hidden(m, ids, 2, scored);
      for (int from = 0; from < scored; from += head.chunk()) {
        int to = Math.min(scored, from + head.chunk());
        PtNDArray part = Torch.slice(hidden, 0, from, to);
        PtNDArray logp = head.logProbabilities(part);
        float[] flat = logp.toFloatArray();
        int v = head.size();
        for (int i = from; i < to; i++) {
          result[i] = Arrays.copyOfRange(flat, (i - from) * v, (i - from + 1) * v);
        }
        Torch.close(part, logp);
      }
    }
    return result;
  }
}
