package io.modeldiff.analysis.lmdiff.comparison;

import io.modeldiff.analysis.lmdiff.measure.Aggregate;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.hipparchus.special.Erf;

/**
 * A corpus mean with its bootstrap interval, and a paired test of the two models.
 *
 * @param phrases number of phrases
 * @param mean mean over phrases of the measure
 * @param low lower end of the 95% percentile bootstrap interval of the mean
 * @param high upper end
 * @param positive share of phrases whose value is above zero
 * @param pValue two-sided Wilcoxon signed-rank p-value of "values are symmetric about zero" (normal
 *     approximation with ties and continuity corrected); 1 when all values are zero
 */
public record CorpusMeans(
    int phrases, double mean, double low, double high, double positive, double pValue) {

  private static final int RESAMPLES = 2000;

  /** Beyond this many phrases, random blocks of them are resampled instead of single ones. */
  private static final int MAX_UNITS = 4000;

  /** The summary of one measure; values that are not numbers are left out. */
  public static CorpusMeans of(double[] column, long seed) {
    double[] values = Arrays.stream(column).filter(v -> !Double.isNaN(v)).toArray();
    int n = values.length;
    if (n == 0) {
      return new CorpusMeans(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 1);
    }
    double[] means = resample(values, new SplittableRandom(seed));
    long positive = Arrays.stream(values).filter(v -> v > 0).count();
    return new CorpusMeans(
        n,
        Arrays.stream(values).sum() / n,
        quantile(means, 0.025),
        quantile(means, 0.975),
        (double) positive / n,
        wilcoxon(values));
  }

  private static double quantile(double[] sorted, double q) {
    return Aggregate.quantile(sorted, q);
  }

  /** Bootstrap means, ascending. Units are single phrases, or random blocks of about equal size. */
  private static double[] resample(double[] values, SplittableRandom random) {
    int units = Math.min(values.length, MAX_UNITS);
    double[] sums = new double[units];
    int[] sizes = new int[units];
    int[] order = shuffled(values.length, random);
    for (int i = 0; i < values.length; i++) {
      sums[i % units] += values[order[i]];
      sizes[i % units]++;
    }
    double[] means = new double[RESAMPLES];
    for (int b = 0; b < RESAMPLES; b++) {
      double sum = 0;
      long size = 0;
      for (int i = 0; i < units; i++) {
        int unit = random.nextInt(units);
        sum += sums[unit];
        size += sizes[unit];
      }
      means[b] = sum / size;
    }
    Arrays.sort(means);
    return means;
  }

  private static int[] shuffled(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Wilcoxon signed-rank test, two-sided, normal approximation. */
  static double wilcoxon(double[] values) {
    double[] nonzero = Arrays.stream(values).filter(v -> v != 0).toArray();
    int n = nonzero.length;
    if (n == 0) {
      return 1;
    }
    double[] magnitude = Arrays.stream(nonzero).map(Math::abs).sorted().toArray();
    double plus = 0;
    for (double v : nonzero) {
      if (v > 0) {
        plus += midrank(magnitude, v);
      }
    }
    double mean = n * (n + 1.0) / 4;
    double variance = n * (n + 1.0) * (2.0 * n + 1) / 24 - tieTerm(magnitude) / 48;
    double distance = Math.max(0, Math.abs(plus - mean) - 0.5);
    return variance <= 0 ? 1 : normalTail(distance / Math.sqrt(variance));
  }

  private static double midrank(double[] sorted, double value) {
    int from = lower(sorted, value);
    int to = lower(sorted, Math.nextUp(value));
    return (from + 1 + to) / 2.0;
  }

  private static int lower(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double tieTerm(double[] sorted) {
    double term = 0;
    for (int i = 0; i < sorted.length; ) {
      int end = lower(sorted, Math.nextUp(sorted[i]));
      double t = end - i;
      term += t * t * t - t;
      i = end;
    }
    return term;
  }

  /** P(|Z| &gt; z) of a standard normal. */
  private static double normalTail(double z) {
    return Erf.erfc(z / Math.sqrt(2));
  }
}
