package io.modeldiff.analysis.density;

import io.modeldiff.analysis.resampling.Jackknife;
import io.modeldiff.analysis.resampling.LaneGroups;
import io.modeldiff.analysis.resampling.Spread;
import io.modeldiff.analysis.reweighting.LogMath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of inputs from Wang–Landau (2001) densities.
 *
 * <p>A flat-histogram run gives log g(z) per bin up to a constant. The model itself fixes it:
 * Σ_bins g·⟨e^{−E}⟩_bin = Z(1), with E uniform inside a bin, ⟨e^{−E}⟩ = e^{−E_mid} sinh(h)/h, h
 * half the bin's width in energy. The run must therefore reach all z that hold the model's mass at
 * β = 1.
 */
public final class FlatHistogramCounts {
  private FlatHistogramCounts() {}

  /**
   * Counts in z bins.
   *
   * @param logCounts natural log per bin, mean over replicates; −∞ for bins never visited
   * @param spreads relative standard error per bin over replicates; null with one replicate or
   *     where some replicate never visited the bin
   */
  public record Counts(double[] logCounts, List<@Nullable Spread> spreads) {}

  /**
   * Normalises the densities of independent replicates.
   *
   * @param edges z bin edges (nats per token), equal widths not needed
   * @param logDensity log g at {@code [replicate][bin]}, −∞ where not visited
   * @param scored n
   * @param logPartitionAtOne log Z(1): 0 behind a prefix, log V without
   */
  public static Counts of(
      double[] edges, double[][] logDensity, int scored, double logPartitionAtOne) {
    int replicates = logDensity.length;
    double[][] normalised = new double[replicates][];
    for (int r = 0; r < replicates; r++) {
      normalised[r] = normalised(edges, logDensity[r], scored, logPartitionAtOne);
    }
    LaneGroups groups = new LaneGroups(replicates);
    Jackknife jackknife = new Jackknife(groups);
    double[] counts = new double[edges.length - 1];
    List<@Nullable Spread> spreads = new ArrayList<>();
    for (int b = 0; b < counts.length; b++) {
      double[] values = new double[1 + groups.groups()];
      for (int out = -1; out < groups.groups(); out++) {
        values[1 + out] = meanWithout(normalised, b, groups, out);
      }
      counts[b] = values[0];
      spreads.add(jackknife.relative(values));
    }
    return new Counts(counts, java.util.Collections.unmodifiableList(spreads));
  }

  private static double[] normalised(
      double[] edges, double[] logDensity, int scored, double logPartitionAtOne) {
    double[] mass = new double[logDensity.length];
    for (int b = 0; b < mass.length; b++) {
      double half = scored * (edges[b + 1] - edges[b]) / 2;
      double middle = scored * (edges[b + 1] + edges[b]) / 2;
      mass[b] = logDensity[b] - middle + Math.log(Math.sinh(half) / half);
    }
    double shift = logPartitionAtOne - LogMath.logSum(mass);
    return Arrays.stream(logDensity).map(g -> g + shift).toArray();
  }

  private static double meanWithout(double[][] logs, int bin, LaneGroups groups, int out) {
    double sum = Double.NEGATIVE_INFINITY;
    int n = 0;
    for (int r = 0; r < logs.length; r++) {
      if (groups.of(r) != out || groups.groups() == 1) {
        sum = LogMath.logAdd(sum, logs[r][bin]);
        n++;
      }
    }
    return sum - Math.log(n);
  }
}
