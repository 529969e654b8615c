package io.modeldiff.analysis.comparison;

import io.modeldiff.analysis.comparison.ComparisonResult.Ratio;
import io.modeldiff.analysis.comparison.ComparisonResult.RatioTerm;
import io.modeldiff.analysis.resampling.Jackknife;
import io.modeldiff.analysis.resampling.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PD_AB : PA_AB : PA_BA : PD_BA under the three normalisations, and how far they disagree. */
final class Ratios {
  private final Jackknife jackknife;
  private final double[][] pooled;

  Ratios(Jackknife jackknife, double[][] pooledLogs) {
    this.jackknife = jackknife;
    this.pooled = pooledLogs;
  }

  Ratio pooled() {
    return of(pooled);
  }

  /** The ratio of four terms given by log replicates. */
  Ratio of(double[][] logs) {
    List<RatioTerm> terms = new ArrayList<>(List.of(RatioTerm.ONE));
    List<@Nullable Double> distance = new ArrayList<>();
    distance.add(null);
    for (int i = 1; i < 4; i++) {
      terms.add(quotient(logs[i], logs[0]));
      distance.add(disagreement(logs, i));
    }
    if (!Double.isFinite(logs[0][0])) {
      terms.set(0, RatioTerm.NOT_ESTIMABLE);
    }
    return new Ratio(List.copyOf(terms), Collections.nullable(distance));
  }

  /** With R3 too thin only the entry that does not need it remains. */
  Ratio withoutOverlap(double[][] ownLogs) {
    Ratio own = of(ownLogs);
    return new Ratio(
        List.of(
            own.terms().get(0),
            own.terms().get(1),
            RatioTerm.NOT_ESTIMABLE,
            RatioTerm.NOT_ESTIMABLE),
        Collections.nullable(Arrays.asList(null, own.disagreement().get(1), null, null)));
  }

  RatioTerm quotient(double[] numerator, double[] denominator) {
    double[] logs = Comparison.minus(numerator, denominator);
    if (!Double.isFinite(logs[0])) {
      return RatioTerm.NOT_ESTIMABLE;
    }
    double value = Math.exp(logs[0]);
    Spread spread = jackknife.relative(logs);
    if (spread == null) {
      return new RatioTerm(value, null, null, null);
    }
    double half = spread.half95();
    return new RatioTerm(
        value, value * spread.se(), value * Math.exp(-half), value * Math.exp(half));
  }

  private @Nullable Double disagreement(double[][] logs, int i) {
    double[] mine = Comparison.minus(logs[i], logs[0]);
    double[] reference = Comparison.minus(pooled[i], pooled[0]);
    double[] distance = Comparison.minus(mine, reference);
    Spread spread = jackknife.spread(distance);
    return spread == null || spread.se() < 1e-12
        ? null
        : Comparison.finite(distance[0] / spread.se());
  }

  /** Lists that may hold nulls, read-only. */
  private static final class Collections {
    static List<@Nullable Double> nullable(List<@Nullable Double> list) {
      return java.util.Collections.unmodifiableList(new ArrayList<>(list));
    }
  }
}
