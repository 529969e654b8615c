package io.modeldiff.analysis.diagnostics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Signs of a first-order change along the ladder, which plain tempering crosses badly: the mean z
 * jumps between neighbouring rungs by more than the fluctuations within them explain, or z has two
 * modes at one rung.
 */
public final class PhaseChange {
  // Between neighbours that overlap, ΔE = −∫ Var(E) dβ; twice the trapezoid leaves room for
  // curvature.
  private static final double JUMP_FACTOR = 2;
  private static final double JUMP_SIGMAS = 2;
  private static final double SEPARATION = 3;
  private static final double VALLEY = 0.5;

  private PhaseChange() {}

  /**
   * Findings in words; empty if there is nothing to say.
   *
   * @param beta the rungs, in ladder order
   * @param z NLLs (nats per token) of samples per rung
   * @param scored n
   */
  public static List<String> findings(double[] beta, double[][] z, int scored) {
    List<String> found = new ArrayList<>();
    for (int k = 0; k < beta.length; k++) {
      if (z[k].length > 1 && isBimodal(z[k])) {
        found.add(
            String.format(
                Locale.ROOT,
                "At beta = %.3g the NLLs have two modes: samples change between two kinds of text.",
                beta[k]));
      }
      if (k > 0 && z[k].length > 1 && z[k - 1].length > 1 && jumps(beta, z, scored, k)) {
        found.add(
            String.format(
                Locale.ROOT,
                "Between beta = %.3g and %.3g the mean NLL jumps from %.2f to %.2f.",
                beta[k - 1],
                beta[k],
                Chains.mean(z[k - 1]),
                Chains.mean(z[k])));
      }
    }
    return List.copyOf(found);
  }

  private static boolean jumps(double[] beta, double[][] z, int scored, int k) {
    double variance = (Chains.variance(z[k]) + Chains.variance(z[k - 1])) / 2;
    double jump = Math.abs(Chains.mean(z[k]) - Chains.mean(z[k - 1]));
    double explained = scored * variance * Math.abs(beta[k] - beta[k - 1]);
    return jump > JUMP_FACTOR * explained && jump > JUMP_SIGMAS * Math.sqrt(variance);
  }

  /**
   * Whether a sample has two separated modes: the best two-class split (Otsu 1979) has means at
   * least three pooled standard deviations apart (Ashman et al. 1994) with a valley between them
   * less than half as dense as the lower mode.
   */
  public static boolean isBimodal(double[] values) {
    double[] x = values.clone();
    Arrays.sort(x);
    int n = x.length;
    if (n < 20 || x[0] == x[n - 1]) {
      return false;
    }
    int cut = otsu(x);
    double[] low = Arrays.copyOf(x, cut);
    double[] high = Arrays.copyOfRange(x, cut, n);
    if (Math.min(low.length, high.length) < Math.max(5, n / 50)) {
      return false;
    }
    double spread = Math.sqrt((Chains.variance(low) + Chains.variance(high)) / 2);
    double distance = Chains.mean(high) - Chains.mean(low);
    return distance > SEPARATION * spread && hasValley(x, Chains.mean(low), Chains.mean(high));
  }

  private static int otsu(double[] sorted) {
    double total = Arrays.stream(sorted).sum();
    double left = 0;
    double best = -1;
    int cut = 1;
    int n = sorted.length;
    for (int i = 1; i < n; i++) {
      left += sorted[i - 1];
      double difference = left / i - (total - left) / (n - i);
      double between = (double) i * (n - i) * difference * difference;
      if (between > best) {
        best = between;
        cut = i;
      }
    }
    return cut;
  }

  /** Density is compared in equal windows, a fifth of the modes' distance wide. */
  private static boolean hasValley(double[] sorted, double low, double high) {
    double window = (high - low) / 5;
    int valley = Integer.MAX_VALUE;
    for (int step = 0; step <= 20; step++) {
      double centre = low + (high - low) * (0.2 + 0.6 * step / 20);
      valley = Math.min(valley, count(sorted, centre, window));
    }
    int lowPeak = peak(sorted, low, window);
    int highPeak = peak(sorted, high, window);
    return valley < VALLEY * Math.min(lowPeak, highPeak);
  }

  private static int peak(double[] sorted, double centre, double window) {
    int peak = 0;
    for (int step = -5; step <= 5; step++) {
      peak = Math.max(peak, count(sorted, centre + step * window / 5, window));
    }
    return peak;
  }

  private static int count(double[] sorted, double centre, double window) {
    int n = 0;
    for (double v : sorted) {
      n += Math.abs(v - centre) <= window / 2 ? 1 : 0;
    }
    return n;
  }
}
