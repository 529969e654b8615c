package io.modeldiff.analysis.annotation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several strata together: weighted means of their scores, and how uncertain the scores leave them.
 */
final class Weighted {
  private static final double MOST_BORROWED = 200;

  private final List<Stratum> annotated;
  private final double scale;
  private final double unannotatedShare;
  private final double smoothed;
  private final double annotationVariance;
  private final int items;
  private final double size;

  private Weighted(List<Stratum> all) {
    this.annotated = all.stream().filter(Stratum::annotated).toList();
    this.scale = all.stream().mapToDouble(s -> s.countLogs()[0]).max().orElse(0);
    double everything = all.stream().mapToDouble(s -> mass(s, 0)).sum();
    this.unannotatedShare = Math.max(0, 1 - mass(0) / everything);
    this.items = annotated.stream().mapToInt(s -> s.items().size()).sum();
    this.size = annotated.stream().mapToDouble(Stratum::size).sum();
    double sum = annotated.stream().mapToDouble(s -> s.mean() * s.size()).sum();
    double overall = (sum + 0.5) / (size + 1);
    double graded = gradedShare();
    double borrowed = borrowed(overall, graded);
    double variance = 0;
    double mean = 0;
    for (Stratum s : annotated) {
      double weight = mass(s, 0) / mass(0);
      double n = s.size();
      double shrunk = (n * s.mean() + borrowed * overall) / (n + borrowed);
      variance += weight * weight * graded * shrunk * (1 - shrunk) / n;
      mean += weight * shrunk;
    }
    this.annotationVariance = variance;
    this.smoothed = mean;
  }

  /** Variance of the scores within strata over that of good-or-bad answers with the same means. */
  private double gradedShare() {
    double squares = annotated.stream().mapToDouble(Stratum::squares).sum();
    double binary = annotated.stream().mapToDouble(s -> s.size() * s.mean() * (1 - s.mean())).sum();
    return Math.min(1, (squares + 0.5) / (binary + 0.5));
  }

  /**
   * How many answers a stratum borrows from all strata: many where strata differ no more than
   * chance makes them (so that a stratum without a bad item does not claim that there are none),
   * few where they differ (method of moments for a Beta-binomial).
   */
  private double borrowed(double overall, double graded) {
    double n = size;
    double between = 0;
    double squaredSizes = 0;
    for (Stratum s : annotated) {
      double size = s.size();
      between += size * Math.pow(s.mean() - overall, 2);
      squaredSizes += size * size;
    }
    double binomial = graded * overall * (1 - overall);
    double excess = between - (annotated.size() - 1) * binomial;
    double room = n - squaredSizes / n;
    if (excess <= 0 || room <= 0) {
      return MOST_BORROWED;
    }
    return Math.min(MOST_BORROWED, Math.max(1, binomial * room / excess - 1));
  }

  /** Null if nothing was annotated. */
  static @Nullable Weighted of(List<Stratum> strata) {
    return strata.stream().anyMatch(Stratum::annotated) ? new Weighted(strata) : null;
  }

  private double mass(Stratum s, int replicate) {
    return Math.exp(s.countLogs()[replicate] - scale);
  }

  /** Inputs in annotated strata, in units of e^scale. */
  double mass(int replicate) {
    return annotated.stream().mapToDouble(s -> mass(s, replicate)).sum();
  }

  /** Σ r ρ over annotated strata, in units of e^scale. */
  double positives(int replicate) {
    return annotated.stream().mapToDouble(s -> mass(s, replicate) * s.mean()).sum();
  }

  double precision(int replicate) {
    double mass = mass(replicate);
    return mass == 0 ? 0 : Math.min(1, positives(replicate) / mass);
  }

  double smoothed() {
    return smoothed;
  }

  double annotationVariance() {
    return annotationVariance;
  }

  double unannotatedShare() {
    return unannotatedShare;
  }

  double scale() {
    return scale;
  }

  int items() {
    return items;
  }
}
