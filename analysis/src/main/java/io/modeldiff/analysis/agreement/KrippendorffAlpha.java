package io.modeldiff.analysis.agreement;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Krippendorff's alpha: any number of raters, gaps allowed.
 *
 * <pre>  α = 1 − (n − 1) Σ_{c&lt;k} o_ck δ²_ck / Σ_{c&lt;k} n_c n_k δ²_ck </pre>
 *
 * with coincidences o_ck: each unit with m ≥ 2 ratings gives its ordered pairs, weighted 1/(m − 1)
 * (Krippendorff 2011). Intervals by bootstrap over units.
 */
public final class KrippendorffAlpha {
  private static final int RESAMPLES = 2000;

  /** Distance between two scores. */
  public enum Metric {
    /** Equal or not. */
    NOMINAL,
    /** Number of ratings between the two ranks. */
    ORDINAL,
    /** Difference of the scores. */
    INTERVAL
  }

  private KrippendorffAlpha() {}

  /**
   * Alpha of ratings grouped by unit; units with fewer than two ratings do not count.
   *
   * @param seed of the bootstrap
   */
  public static AgreementFigure of(List<double[]> units, Metric metric, long seed) {
    List<double[]> pairable = units.stream().filter(u -> u.length >= 2).toList();
    double[] values =
        pairable.stream().flatMapToDouble(Arrays::stream).distinct().sorted().toArray();
    int[][] codes = new int[pairable.size()][];
    for (int u = 0; u < codes.length; u++) {
      codes[u] =
          Arrays.stream(pairable.get(u)).mapToInt(v -> Arrays.binarySearch(values, v)).toArray();
    }
    Double alpha = alpha(codes, values, metric);
    if (alpha == null) {
      return new AgreementFigure(null, null, null, codes.length);
    }
    double[] resampled = resample(codes, values, metric, seed);
    if (resampled.length < RESAMPLES / 2) {
      return new AgreementFigure(alpha, null, null, codes.length);
    }
    return new AgreementFigure(
        alpha,
        resampled[(int) (0.025 * (resampled.length - 1))],
        resampled[(int) Math.ceil(0.975 * (resampled.length - 1))],
        codes.length);
  }

  /** Ratings as {@code [rater][unit]} with NaN for none, regrouped by unit. */
  public static List<double[]> byUnit(double[][] ratings) {
    TreeMap<Integer, double[]> units = new TreeMap<>();
    for (int u = 0; u < ratings[0].length; u++) {
      int unit = u;
      units.put(
          u,
          Arrays.stream(ratings).mapToDouble(r -> r[unit]).filter(v -> !Double.isNaN(v)).toArray());
    }
    return List.copyOf(units.values());
  }

  private static double[] resample(int[][] codes, double[] values, Metric metric, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] found = new double[RESAMPLES];
    int n = 0;
    int[][] draw = new int[codes.length][];
    for (int r = 0; r < RESAMPLES; r++) {
      Arrays.setAll(draw, i -> codes[random.nextInt(codes.length)]);
      Double alpha = alpha(draw, values, metric);
      if (alpha != null) {
        found[n++] = alpha;
      }
    }
    double[] sorted = Arrays.copyOf(found, n);
    Arrays.sort(sorted);
    return sorted;
  }

  private static @Nullable Double alpha(int[][] codes, double[] values, Metric metric) {
    int categories = values.length;
    double[][] coincidences = new double[categories][categories];
    double[] totals = new double[categories];
    double n = 0;
    for (int[] unit : codes) {
      for (int i = 0; i < unit.length; i++) {
        totals[unit[i]]++;
        n++;
        for (int j = 0; j < unit.length; j++) {
          if (i != j) {
            coincidences[unit[i]][unit[j]] += 1.0 / (unit.length - 1);
          }
        }
      }
    }
    double observed = 0;
    double expected = 0;
    for (int c = 0; c < categories; c++) {
      for (int k = 0; k < c; k++) {
        double d = squaredDistance(metric, values, totals, k, c);
        observed += coincidences[c][k] * d;
        expected += totals[c] * totals[k] * d;
      }
    }
    return expected == 0 ? null : 1 - (n - 1) * observed / expected;
  }

  private static double squaredDistance(
      Metric metric, double[] values, double[] totals, int low, int high) {
    return switch (metric) {
      case NOMINAL -> 1;
      case INTERVAL -> (values[high] - values[low]) * (values[high] - values[low]);
      case ORDINAL -> {
        double between = -(totals[low] + totals[high]) / 2;
        for (int g = low; g <= high; g++) {
          between += totals[g];
        }
        yield between * between;
      }
    };
  }
}
