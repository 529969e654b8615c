package io.modeldiff.core.lm.torch;

import io.modeldiff.core.lm.TokenScores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads log-probabilities, ranks and most likely tokens of given tokens from logits, and gathers
 * them by text. Nothing is sorted: a rank is the number of larger logits, and the k largest are
 * among the k blocks of columns with the largest maxima.
 */
final class TokenReader {
  /** Logits looked at for the k largest at once. */
  private static final int CANDIDATES = 1 << 20;

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
   * @param logits of at least the positions, all columns
   * @param targets the tokens, in ascending order of row; one of every row or more
   */
  void read(List<LogitPart> logits, List<Target> targets) {
    Maxima maxima = maxima(logits, targets.get(targets.size() - 1).row() + 1);
    Largest[] top = top(logits, maxima);
    double[] normalizer = normalizers(logits, maxima, top);
    float[] own = own(logits, targets);
    int[] larger = larger(logits, targets, own);
    for (int i = 0; i < own.length; i++) {
      Target target = targets.get(i);
      logProb.get(target.text())[target.at()] = own[i] - normalizer[target.row()];
      rank.get(target.text())[target.at()] = larger[i];
      if (k > 0) {
        takeTop(target, top[target.row()], normalizer[target.row()]);
      }
    }
  }

  /** log Σ exp of each row. */
  private static double[] normalizers(List<LogitPart> logits, Maxima maxima, Largest[] top) {
    double[] total = new double[top.length];
    for (int p = 0; p < logits.size(); p++) {
      double[] totals = logits.get(p).totals(maxima.best()[p]);
      for (int i = 0; i < total.length; i++) {
        total[i] += totals[i] * Math.exp(maxima.peak()[p][i] - top[i].value(0));
      }
    }
    for (int i = 0; i < total.length; i++) {
      total[i] = top[i].value(0) + Math.log(total[i]);
      if (Double.isNaN(total[i])) {
        throw Torch.notANumber();
      }
    }
    return total;
  }

  /** The logit of each token. */
  private static float[] own(List<LogitPart> logits, List<Target> targets) {
    float[] own = new float[targets.size()];
    for (LogitPart part : logits) {
      int[] here =
          IntStream.range(0, own.length).filter(i -> part.has(targets.get(i).column())).toArray();
      float[] values =
          part.at(
              IntStream.of(here)
                  .mapToObj(targets::get)
                  .mapToInt(t -> part.place(t.row(), t.column()))
                  .toArray());
      for (int j = 0; j < here.length; j++) {
        own[here[j]] = values[j];
      }
    }
    return own;
  }

  /** How many logits of its row are larger than each token's. */
  private static int[] larger(List<LogitPart> logits, List<Target> targets, float[] own) {
    int[] rows = targets.stream().mapToInt(Target::row).toArray();
    int[] larger = new int[rows.length];
    for (LogitPart part : logits) {
      int[] counts = part.larger(rows, own);
      Arrays.setAll(larger, i -> larger[i] + counts[i]);
    }
    return larger;
  }

  /**
   * What the blocks' maxima tell of each position.
   *
   * @param blocks the k blocks with the largest maxima, counted through all parts
   * @param best of each part, the block with its largest logit
   * @param peak of each part, its largest logit
   */
  private record Maxima(Largest[] blocks, int[][] best, float[][] peak) {}

  private Maxima maxima(List<LogitPart> logits, int n) {
    int all = logits.stream().mapToInt(LogitPart::blocks).sum();
    Largest[] largest = largest(n, Math.min(all, k));
    int[][] best = new int[logits.size()][n];
    float[][] peak = new float[logits.size()][n];
    int before = 0;
    for (int p = 0; p < logits.size(); p++) {
      int blocks = logits.get(p).blocks();
      float[] maxima = logits.get(p).maxima();
      for (int i = 0; i < n; i++) {
        int from = i * blocks;
        int at = from;
        for (int b = from + 1; b < from + blocks; b++) {
          at = maxima[b] > maxima[at] ? b : at;
        }
        best[p][i] = at - from;
        peak[p][i] = maxima[at];
        largest[i].offerAll(maxima, from, from + blocks, before);
      }
      before += blocks;
    }
    return new Maxima(largest, best, peak);
  }

  private static Largest[] largest(int n, int most) {
    Largest[] largest = new Largest[n];
    Arrays.setAll(largest, i -> new Largest(Math.max(1, most)));
    return largest;
  }

  /** The k largest logits of each position with their columns: they are in the k best blocks. */
  private Largest[] top(List<LogitPart> logits, Maxima maxima) {
    Largest[] top = largest(maxima.blocks().length, k);
    int before = 0;
    int step = Math.max(1, CANDIDATES / (LogitPart.BLOCK * Math.max(1, k)));
    for (LogitPart part : logits) {
      for (int from = 0; from < top.length; from += step) {
        int to = Math.min(top.length, from + step);
        offerBlocks(part, before, maxima.blocks(), top, from, to);
      }
      before += part.blocks();
    }
    for (Largest each : top) {
      each.sort();
    }
    return top;
  }

  private static void offerBlocks(
      LogitPart part, int before, Largest[] blocks, Largest[] top, int from, int to) {
    List<int[]> found = new ArrayList<>();
    for (int i = from; i < to; i++) {
      for (int j = 0; j < blocks[i].count(); j++) {
        int block = blocks[i].key(j) - before;
        if (block >= 0 && block < part.blocks()) {
          found.add(new int[] {i, block});
        }
      }
    }
    int[] places = new int[found.size() * LogitPart.BLOCK];
    for (int f = 0; f < found.size(); f++) {
      part.places(found.get(f)[0], found.get(f)[1], places, f * LogitPart.BLOCK);
    }
    float[] values = part.at(places);
    for (int v = 0; v < values.length; v++) {
      int row = found.get(v / LogitPart.BLOCK)[0];
      top[row].offer(values[v], part.column(row, places[v]));
    }
  }

  private void takeTop(Target target, Largest top, double normalizer) {
    int[] ids = new int[k];
    float[] probs = new float[k];
    for (int j = 0; j < k; j++) {
      ids[j] = head.token(top.key(j));
      probs[j] = (float) Math.exp(top.value(j) - normalizer);
    }
    topIds.get(target.text())[target.at()] = ids;
    topProbs.get(target.text())[target.at()] = probs;
  }
}
