package io.modeldiff.analysis.resampling;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.hipparchus.stat.inference.WilcoxonSignedRankTest;
import org.jspecify.annotations.Nullable;

/**
 * Means of plain measurements (texts of a corpus, items) with bootstrap intervals, and paired
 * comparisons of two models on the same items.
 */
public final class Bootstrap {
  private static final int RESAMPLES = 4000;

  private Bootstrap() {}

  /**
   * A mean.
   *
   * @param low lower end of the 95% percentile interval; null below two values
   * @param high upper end
   */
  public record Mean(double value, @Nullable Double low, @Nullable Double high, int values) {}

  /** Mean with a percentile interval over 4,000 resamples of the values. */
  public static Mean mean(double[] values, long seed) {
    if (values.length == 0) {
      throw new IllegalArgumentException("the mean of no values is undefined");
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    if (values.length < 2) {
      return new Mean(mean, null, null, values.length);
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += values[random.nextInt(values.length)];
      }
      means[r] = sum / values.length;
    }
    Arrays.sort(means);
    return new Mean(
        mean,
        means[(int) (0.025 * (RESAMPLES - 1))],
        means[(int) Math.ceil(0.975 * (RESAMPLES - 1))],
        values.length);
  }

  /**
   * Paired comparison.
   *
   * @param difference mean of x − y with its interval
   * @param signFlipP two-sided p of the mean under random signs (exact in the limit of flips)
   * @param wilcoxonP two-sided p of the signed-rank test; null where all differences are 0
   */
  public record Paired(Mean difference, double signFlipP, @Nullable Double wilcoxonP) {}

  /** Compares x and y item by item. */
  public static Paired paired(double[] x, double[] y, long seed) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "paired values must be as many, but were " + x.length + " and " + y.length);
    }
    double[] d = new double[x.length];
    Arrays.setAll(d, i -> x[i] - y[i]);
    double[] moved = Arrays.stream(d).filter(v -> v != 0).toArray();
    Double wilcoxon =
        moved.length == 0
            ? null
            : new WilcoxonSignedRankTest()
                .wilcoxonSignedRankTest(moved, new double[moved.length], moved.length <= 30);
    return new Paired(mean(d, seed), signFlip(d, seed + 1), wilcoxon);
  }

  private static double signFlip(double[] d, long seed) {
    double observed = Math.abs(Arrays.stream(d).sum());
    SplittableRandom random = new SplittableRandom(seed);
    int asLarge = 1;
    for (int r = 0; r < RESAMPLES; r++) {
      double sum = 0;
      for (double v : d) {
        sum += random.nextBoolean() ? v : -v;
      }
      asLarge += Math.abs(sum) >= observed - 1e-12 * observed ? 1 : 0;
    }
    return asLarge / (RESAMPLES + 1.0);
  }
}
