package io.modeldiff.core.lm.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import io.modeldiff.core.lm.Proposal;

/** Draws tokens from a model's tempered conditionals, position after position on the device. */
final class Drawing {
  private final Transformer transformer;
  private final Head head;
  private final Steps steps;
  private final Layout layout;

  Drawing(Transformer transformer, Head head, Steps steps, Layout layout) {
    this.transformer = transformer;
    this.head = head;
    this.steps = steps;
    this.layout = layout;
  }

  /** Without a prefix the first token has no distribution: it is drawn uniformly. */
  void drawUnscored(Proposal p, int[][] sequences) {
    if (layout.firstScored() > 0 && p.from() == 0 && p.to() > 0) {
      for (int r = 0; r < sequences.length; r++) {
        int column = (int) Math.min(head.size() - 1, p.uniforms()[r][0] * head.size());
        sequences[r][0] = layout.allowed()[column];
      }
    }
  }

  /**
   * Draws positions first, first + 1, ... up to a proposal's end into sequences, and puts what they
   * gave into the collector.
   *
   * @param cache holds what stands before; its rows beyond the proposal's repeat the last one
   * @param size rows of the cache
   * @param sequences [proposal's rows][N]
   */
  void draw(
      NDManager m,
      Proposal p,
      LaneStore cache,
      int size,
      int first,
      int[][] sequences,
      Normalizers wanted,
      Collector out) {
    int count = sequences.length;
    double[] beta = new double[size];
    long[] ids = new long[size];
    for (int r = 0; r < size; r++) {
      int row = Math.min(r, count - 1);
      beta[r] = p.beta()[row];
      layout.fill(ids, r, 1, layout.inputOf(first), sequences[row]);
    }
    PtNDArray betas = Torch.floats(m, beta, size, 1);
    PtNDArray embedded = steps.embedIds(m, ids);
    PtNDArray uniforms = uniforms(m, p.uniforms(), first - p.from(), p.to() - p.from(), size);
    Drawn drawn = new Drawn(p.to() - first, size);
    for (int i = 0; i < drawn.steps(); i++) {
      int position = first + i;
      PtNDArray hidden = steps.hidden(m, embedded, size, 1, layout.inputOf(position), cache);
      PtNDArray logp = head.logProbabilities(hidden);
      hidden.close();
      PtNDArray uniform = Torch.slice(uniforms, 0, (long) i * size, (i + 1L) * size);
      Head.Draw draw = Head.draw(logp, betas, uniform);
      uniform.close();
      drawn.add(draw, wanted instanceof Normalizers.Ladder ladder ? ladder.of(logp, 0, 1) : null);
      logp.close();
      if (position + 1 < p.to()) {
        embedded = transformer.embed(draw.column(), head.input());
      }
    }
    drawn.finish(first, beta, sequences, layout.allowed(), out);
  }

  /** Uniform numbers of columns [from, to), column after column: [(to − from)·size, 1]. */
  private static PtNDArray uniforms(NDManager m, double[][] uniforms, int from, int to, int size) {
    float[] u = new float[(to - from) * size];
    for (int i = 0; i < u.length; i++) {
      u[i] = Head.uniform(uniforms[Math.min(i % size, uniforms.length - 1)][from + i / size]);
    }
    return Torch.floats(m, u, u.length, 1);
  }
}
