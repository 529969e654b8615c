package io.modeldiff.core.lm.torch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the drawn positions of a batch gave, kept on the device until they are read together. */
final class Drawn {
  private final int steps;
  private final int rows;
  private final List<Head.Draw> draws = new ArrayList<>();
  private final List<double[][]> ladders = new ArrayList<>();

  Drawn(int steps, int rows) {
    this.steps = steps;
    this.rows = rows;
  }

  /** Number of positions to be drawn. */
  int steps() {
    return steps;
  }

  /**
   * Keeps one position.
   *
   * @param ladder [rows][K] log normalisers, or null for those of each row's own β
   */
  void add(Head.Draw draw, double @Nullable [] @Nullable [] ladder) {
    draws.add(draw);
    if (ladder != null) {
      ladders.add(ladder);
    }
  }

  /** Puts tokens, log-probabilities and normalisers of positions from {@code first} on. */
  void finish(int first, double[] beta, int[][] sequences, int[] allowed, Collector out) {
    double[] logp = Torch.doubles(joined(draws.stream().map(Head.Draw::logp).toList()));
    double[] top = Torch.doubles(joined(draws.stream().map(Head.Draw::top).toList()));
    double[] total = Torch.doubles(joined(draws.stream().map(Head.Draw::total).toList()));
    long[] column = joined(draws.stream().map(Head.Draw::column).toList()).toLongArray();
    double[] own = Head.logNormalizers(total, top, beta);
    for (int i = 0; i < draws.size() * rows; i++) {
      int r = i % rows;
      int step = i / rows;
      if (r < sequences.length) {
        sequences[r][first + step] = allowed[(int) column[i]];
        double[] logC = ladders.isEmpty() ? new double[] {own[i]} : ladders.get(step)[r];
        out.put(r, first + step, logp[i], logC);
      }
    }
  }

  private static PtNDArray joined(List<PtNDArray> parts) {
    return parts.size() == 1 ? parts.get(0) : JniUtils.cat(parts.toArray(PtNDArray[]::new), 0);
  }
}
