package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.jspecify.annotations.Nullable;

/** The forward passes that lanes are made of. */
final class Steps {
  private final TorchModel model;
  private final Transformer transformer;
  private final Head head;

  Steps(TorchModel model, Head head) {
    this.model = model;
    this.transformer = model.transformer();
    this.head = head;
  }

  /** Embeddings of token ids. */
  PtNDArray embedIds(NDManager m, long[] ids) {
    PtNDArray at = Torch.longs(m, ids, ids.length);
    PtNDArray x = transformer.embed(at, Torch.of(transformer.weights().tokens()));
    at.close();
    return x;
  }

  /** Final hidden states [rows·tokens, d]; keys and values go to the cache. */
  PtNDArray hidden(
      NDManager m, PtNDArray embedded, int rows, int tokens, int start, @Nullable LaneStore cache) {
    AttentionMask mask = model.masks().of(m, start, tokens, cache != null);
    Pass pass = Pass.forward(rows, tokens, start, cache, mask);
    PtNDArray hidden = transformer.run(embedded, pass);
    mask.close();
    return hidden;
  }

  /**
   * Scores sequence positions first, first + 1, ... from hidden states and puts them into the
   * collector. The hidden states are freed.
   *
   * @param hidden [rows·span, d], rows of consecutive positions
   * @param sequences [rows][N]
   * @param normalizers which log normalisers are wanted
   * @param firstRow lane of row 0
   */
  void score(
      PtNDArray hidden,
      int rows,
      int span,
      int first,
      int[][] sequences,
      int[] columnOf,
      Normalizers normalizers,
      Collector out,
      int firstRow) {
    int total = rows * span;
    int chunk = Math.min(total, head.chunk());
    for (int from = 0; from < total; from += chunk) {
      int to = Math.min(total, from + chunk);
      PtNDArray part = chunk == total ? hidden : Torch.slice(hidden, 0, from, to);
      PtNDArray logp = head.logProbabilities(part);
      long[] targets = new long[to - from];
      for (int i = from; i < to; i++) {
        targets[i - from] = columnOf[sequences[i / span][first + i % span]];
      }
      PtNDArray index = Torch.longs(part.getManager(), targets, targets.length, 1);
      PtNDArray picked = JniUtils.gather(logp, index, 1);
      double[] values = Torch.doubles(picked);
      double[][] logC = normalizers.of(logp, from, span);
      for (int i = from; i < to; i++) {
        out.put(firstRow + i / span, first + i % span, values[i - from], logC[i - from]);
      }
      Torch.close(index, picked, logp);
      if (part != hidden) {
        part.close();
      }
    }
    hidden.close();
  }
}
