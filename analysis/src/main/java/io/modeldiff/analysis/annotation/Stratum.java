package io.modeldiff.analysis.annotation;

import io.modeldiff.analysis.comparison.Histogram;
import io.modeldiff.analysis.reweighting.LogMath;
import java.util.Arrays;
import java.util.List;

/**
 * A part of the D axis in which items were drawn by weight, cut to the range that is asked about.
 *
 * @param countLogs log of the number of inputs in it, per jackknife replicate
 * @param items the items in it
 */
record Stratum(double[] countLogs, List<AnnotatedItem> items) {
  /**
   * Bins count that lie inside [low, high), and of those that it cuts, the ones with their middle
   * inside.
   */
  static Stratum of(Histogram h, double low, double high, List<AnnotatedItem> items) {
    double[] logs = new double[h.jackknife().width()];
    Arrays.fill(logs, Double.NEGATIVE_INFINITY);
    for (int b = 0; b < h.bins().size(); b++) {
      double from = h.edges()[b];
      double to = h.edges()[b + 1];
      double middle = (from + to) / 2;
      if ((from >= low && to <= high) || (middle >= low && middle < high)) {
        double[] more = h.replicateLogs().get(b);
        for (int r = 0; r < logs.length; r++) {
          logs[r] = LogMath.logAdd(logs[r], more[r]);
        }
      }
    }
    return new Stratum(logs, items);
  }

  boolean annotated() {
    return !items.isEmpty();
  }

  boolean empty() {
    return countLogs[0] == Double.NEGATIVE_INFINITY;
  }

  double mean() {
    return sum() / draws();
  }

  /** Sum of the scores over draws. */
  double sum() {
    return items.stream().mapToDouble(i -> i.draws() * i.score()).sum();
  }

  private double draws() {
    return items.stream().mapToInt(AnnotatedItem::draws).sum();
  }

  /**
   * Independent items that say as much: (Σm)²/Σm². An item drawn again tells nothing new about
   * people, so draws that hit the same inputs count for less (Kish 1965).
   */
  double size() {
    double squares = items.stream().mapToDouble(i -> (double) i.draws() * i.draws()).sum();
    return draws() * draws() / squares;
  }

  double squares() {
    double mean = mean();
    double sum =
        items.stream().mapToDouble(i -> i.draws() * (i.score() - mean) * (i.score() - mean)).sum();
    return sum / draws() * size();
  }
}
