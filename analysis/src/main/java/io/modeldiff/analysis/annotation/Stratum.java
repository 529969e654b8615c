package io.modeldiff.analysis.annotation;

import io.modeldiff.analysis.comparison.Histogram;
import io.modeldiff.analysis.reweighting.LogMath;
import java.util.Arrays;

/**
 * A part of the D axis in which items were drawn by weight, cut to the range that is asked about.
 *
 * @param countLogs log of the number of inputs in it, per jackknife replicate
 * @param scores scores of the items in it
 */
record Stratum(double[] countLogs, double[] scores) {
  /** Bins count where their middle lies inside [low, high). */
  static Stratum of(Histogram h, double low, double high, double[] scores) {
    double[] logs = new double[h.jackknife().width()];
    Arrays.fill(logs, Double.NEGATIVE_INFINITY);
    for (int b = 0; b < h.bins().size(); b++) {
      double middle = (h.edges()[b] + h.edges()[b + 1]) / 2;
      if (middle >= low && middle < high) {
        double[] more = h.replicateLogs().get(b);
        for (int r = 0; r < logs.length; r++) {
          logs[r] = LogMath.logAdd(logs[r], more[r]);
        }
      }
    }
    return new Stratum(logs, scores);
  }

  boolean annotated() {
    return scores.length > 0;
  }

  boolean empty() {
    return countLogs[0] == Double.NEGATIVE_INFINITY;
  }

  double mean() {
    return Arrays.stream(scores).sum() / scores.length;
  }

  double squares() {
    double mean = mean();
    return Arrays.stream(scores).map(s -> (s - mean) * (s - mean)).sum();
  }
}
