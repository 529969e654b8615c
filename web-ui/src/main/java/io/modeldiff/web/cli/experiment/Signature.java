package io.modeldiff.web.cli.experiment;

import io.modeldiff.analysis.comparison.CountEstimate;
import io.modeldiff.analysis.comparison.Histogram;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The signature of a noisy copy (Model-diff, section 4.3): each model finds nearly all of the
 * other's inputs less likely, and yet by little. Two unrelated models either share a good part of
 * their inputs (then about half of the differences have the other sign) or differ by much.
 *
 * <p>The rule: a noisy copy is suspected when PD is at least {@value #LEAST_SHARE} of both sets and
 * 95% of both sets have |D| below {@value #LARGEST_D} nats per token.
 *
 * @param shareAB PD_AB/|X_A|; null where not estimable
 * @param shareBA PD_BA/|X_B|
 * @param within95 |D| that 95% of both sets stay below, nats per token; null without samples
 * @param suspected what the rule says
 */
record Signature(
    @Nullable Double shareAB,
    @Nullable Double shareBA,
    @Nullable Double within95,
    boolean suspected) {
  static final double LEAST_SHARE = 0.7;
  static final double LARGEST_D = 0.5;
  private static final double MOST = 0.95;

  static Signature of(Outcome outcome) {
    Double ab = outcome.result().shares().pdAB().value();
    Double ba = outcome.result().shares().pdBA().value();
    Double a = within(outcome.result().histogramAB());
    Double b = within(outcome.result().histogramBA());
    Double within = a == null || b == null ? null : (Double) Math.max(a, b);
    boolean suspected =
        ab != null
            && ba != null
            && within != null
            && ab >= LEAST_SHARE
            && ba >= LEAST_SHARE
            && within < LARGEST_D;
    return new Signature(ab, ba, within, suspected);
  }

  /** The smallest bin edge d with 95% of the histogram within [−d, d]. */
  private static @Nullable Double within(Histogram h) {
    double top =
        h.bins().stream()
            .map(CountEstimate::log)
            .filter(java.util.Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(Double.NaN);
    if (Double.isNaN(top)) {
      return null;
    }
    double[] edges = h.edges();
    java.util.TreeMap<Double, Double> byDistance = new java.util.TreeMap<>();
    double all = 0;
    for (int i = 0; i < h.bins().size(); i++) {
      Double log = h.bins().get(i).log();
      if (log != null) {
        double weight = Math.exp(log - top);
        all += weight;
        byDistance.merge(Math.max(Math.abs(edges[i]), Math.abs(edges[i + 1])), weight, Double::sum);
      }
    }
    double sum = 0;
    for (var entry : byDistance.entrySet()) {
      sum += entry.getValue();
      if (sum >= MOST * all) {
        return entry.getKey();
      }
    }
    return byDistance.lastKey();
  }

  String sentence() {
    return String.format(
        Locale.ROOT,
        "PD is %s of X_A and %s of X_B, and 95%% of both have |D| below %s nats per token: %s.",
        percent(shareAB),
        percent(shareBA),
        within95 == null ? "?" : String.format(Locale.ROOT, "%.2f", within95),
        suspected ? "a noisy copy is suspected" : "no noisy copy is suspected");
  }

  private static String percent(@Nullable Double share) {
    return share == null ? "an unknown share" : String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }
}
