package io.modeldiff.web.live;

import io.modeldiff.analysis.comparison.SampleBatch;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.analysis.history.ComparisonAnalysis.Side;
import io.modeldiff.core.space.NllRange;
import io.modeldiff.web.service.ComparisonService.Density;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the samples of an outcome lie: z_A against z_B. */
final class SampleDensity {
  private static final int CELLS = 40;

  private SampleDensity() {}

  /** Counts over z_A × z_B: A's samples inside X_A, and B's samples inside X_B but outside X_A. */
  static Density of(Outcome outcome) {
    double[] a = extent(outcome, true);
    double[] b = extent(outcome, false);
    double[][] logs = new double[CELLS][CELLS];
    for (double[] row : logs) {
      Arrays.fill(row, Double.NEGATIVE_INFINITY);
    }
    NllRange range = outcome.comparison().spec().z();
    for (int s = 0; s < 2; s++) {
      Side side = s == 0 ? outcome.a() : outcome.b();
      for (SampleBatch batch : side.samples().batches()) {
        for (int i = 0; i < batch.size(); i++) {
          boolean foundByA = s == 1 && range.contains(batch.zOther()[i]);
          if (batch.scored()[i] && range.contains(batch.zOwn()[i]) && !foundByA) {
            double zA = s == 0 ? batch.zOwn()[i] : batch.zOther()[i];
            double zB = s == 0 ? batch.zOther()[i] : batch.zOwn()[i];
            add(logs, cell(zA, a), cell(zB, b), side.logWeight(batch, i));
          }
        }
      }
    }
    return new Density(edges(a), edges(b), rows(logs));
  }

  private static void add(double[][] logs, int i, int j, double weight) {
    double top = Math.max(logs[i][j], weight);
    logs[i][j] = top + Math.log(Math.exp(logs[i][j] - top) + Math.exp(weight - top));
  }

  private static double[] extent(Outcome outcome, boolean ofA) {
    NllRange range = outcome.comparison().spec().z();
    double low = range.low();
    double high = range.high();
    for (int s = 0; s < 2; s++) {
      Side side = s == 0 ? outcome.a() : outcome.b();
      for (SampleBatch batch : side.samples().batches()) {
        for (int i = 0; i < batch.size(); i++) {
          if (batch.scored()[i] && range.contains(batch.zOwn()[i])) {
            double z = (s == 0) == ofA ? batch.zOwn()[i] : batch.zOther()[i];
            low = Math.min(low, z);
            high = Math.max(high, z);
          }
        }
      }
    }
    return new double[] {low, high};
  }

  private static int cell(double z, double[] extent) {
    int cell = (int) Math.floor((z - extent[0]) / (extent[1] - extent[0]) * CELLS);
    return Math.max(0, Math.min(CELLS - 1, cell));
  }

  private static List<Double> edges(double[] extent) {
    List<Double> edges = new ArrayList<>();
    for (int i = 0; i <= CELLS; i++) {
      edges.add(extent[0] + (extent[1] - extent[0]) * i / CELLS);
    }
    return edges;
  }

  private static List<List<@Nullable Double>> rows(double[][] logs) {
    List<List<@Nullable Double>> rows = new ArrayList<>();
    for (double[] row : logs) {
      List<@Nullable Double> out = new ArrayList<>();
      for (double log : row) {
        out.add(Double.isInfinite(log) ? null : (Double) (log / Math.log(10)));
      }
      rows.add(out);
    }
    return rows;
  }
}
