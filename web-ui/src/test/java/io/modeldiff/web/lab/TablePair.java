package io.modeldiff.web.lab;

import io.modeldiff.core.lm.TableLanguageModel;
import io.modeldiff.core.space.InputSpace;
import io.modeldiff.core.space.NllRange;
import java.util.Arrays;

/** Two table models over 15,625 inputs, with everything about them enumerated. */
final class TablePair {
  static final InputSpace SPACE = InputSpace.all(6, new int[] {0}, 5);
  static final TableLanguageModel A = new TableLanguageModel(5, 0.8, 41);
  static final TableLanguageModel B = new TableLanguageModel(5, 0.8, 42);
  private static final NllRange RANGE = new NllRange(0.9, 1.3);
  private static final double BIN = 0.2;

  private TablePair() {}

  static LabSpec spec(double evaluations) {
    return new LabSpec(
        SPACE, RANGE, evaluations, 16, 4, BIN, LabSpec.paperTemperatures(SPACE.scored()));
  }

  static LabTruth truth() {
    double[] counts = new double[7];
    double[] edges = new double[41];
    Arrays.setAll(edges, i -> (i - 20) * BIN);
    double[][] histograms = new double[2][40];
    for (int[] x : TableLanguageModel.enumerate(SPACE)) {
      float a = (float) (A.energy(SPACE, x) / 6);
      float b = (float) (B.energy(SPACE, x) / 6);
      double d = (double) a - b;
      int bin = (int) Math.floor(d / BIN) + 20;
      if (RANGE.contains(a)) {
        counts[0]++;
        counts[d < 0 ? 2 : 3]++;
        histograms[0][bin]++;
        counts[6] += RANGE.contains(b) ? 1 : 0;
      }
      if (RANGE.contains(b)) {
        counts[1]++;
        counts[d < 0 ? 4 : 5]++;
        histograms[1][bin]++;
      }
    }
    double sumA = counts[0];
    double sumB = counts[1];
    return new LabTruth(
        Arrays.stream(counts).map(Math::log).toArray(),
        edges,
        Arrays.stream(histograms[0]).map(c -> c / sumA).toArray(),
        edges,
        Arrays.stream(histograms[1]).map(c -> c / sumB).toArray());
  }
}
