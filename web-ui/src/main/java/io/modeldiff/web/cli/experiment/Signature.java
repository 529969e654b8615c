package io.modeldiff.web.cli.experiment;

import io.modeldiff.analysis.comparison.SampleBatch;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.analysis.history.ComparisonAnalysis.Side;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.Rung;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The signature of a noisy copy (Model-diff, section 4.3): the NLLs of a model and its copy stay
 * closer together than those of models that were trained apart, however alike their training.
 *
 * <p>The rule: a noisy copy is suspected when 95% of X_A and 95% of X_B have |D| below {@value
 * #LARGEST} of the width, from the 5% to the 95% quantile, of the NLL of A's own samples (β = 1).
 *
 * @param pdAB PD_AB/|X_A|; null where not estimable
 * @param pdBA PD_BA/|X_B|
 * @param meanAB mean D over X_A, nats per token; null without samples
 * @param meanBA mean D over X_B
 * @param within95 |D| that 95% of both sets stay below, nats per token
 * @param width of the NLL of A's own samples, nats per token
 * @param ratio within95 over width; null where one is unknown
 * @param suspected what the rule says
 */
record Signature(
    @Nullable Double pdAB,
    @Nullable Double pdBA,
    @Nullable Double meanAB,
    @Nullable Double meanBA,
    @Nullable Double within95,
    @Nullable Double width,
    @Nullable Double ratio,
    boolean suspected) {
  static final double LARGEST = 0.2;
  private static final double MOST = 0.95;

  static Signature of(Outcome outcome, ComparisonDocument document) {
    Differences a = Differences.of(outcome, outcome.a(), 1);
    Differences b = Differences.of(outcome, outcome.b(), -1);
    Double within =
        a == null || b == null ? null : (Double) Math.max(a.largest(MOST), b.largest(MOST));
    Double width = width(document.ladders().A());
    Double ratio = within == null || width == null ? null : (Double) (within / width);
    return new Signature(
        outcome.result().shares().pdAB().value(),
        outcome.result().shares().pdBA().value(),
        a == null ? null : (Double) a.mean(),
        b == null ? null : (Double) b.mean(),
        within,
        width,
        ratio,
        ratio != null && ratio < LARGEST);
  }

  private static @Nullable Double width(List<Rung> rungs) {
    for (Rung rung : rungs) {
      if (rung.beta() == 1 && !rung.quantiles().isEmpty()) {
        return rung.quantiles().get(rung.quantiles().size() - 1) - rung.quantiles().get(0);
      }
    }
    return null;
  }

  /** Weighted differences over one set. */
  private record Differences(List<double[]> samples) {
    static @Nullable Differences of(Outcome outcome, Side side, int sign) {
      List<double[]> samples = new ArrayList<>();
      double top = Double.NEGATIVE_INFINITY;
      for (SampleBatch batch : side.samples().batches()) {
        for (int i = 0; i < batch.size(); i++) {
          if (batch.scored()[i] && outcome.asked().range().contains(batch.zOwn()[i])) {
            double log = side.logWeight(batch, i);
            top = Math.max(top, log);
            samples.add(new double[] {sign * ((double) batch.zOwn()[i] - batch.zOther()[i]), log});
          }
        }
      }
      for (double[] sample : samples) {
        sample[1] = Math.exp(sample[1] - top);
      }
      samples.sort(Comparator.comparingDouble(s -> Math.abs(s[0])));
      return samples.isEmpty() ? null : new Differences(samples);
    }

    private double weight() {
      return samples.stream().mapToDouble(s -> s[1]).sum();
    }

    double mean() {
      return samples.stream().mapToDouble(s -> s[0] * s[1]).sum() / weight();
    }

    double largest(double share) {
      double rest = share * weight();
      for (double[] sample : samples) {
        rest -= sample[1];
        if (rest <= 0) {
          return Math.abs(sample[0]);
        }
      }
      return Math.abs(samples.get(samples.size() - 1)[0]);
    }
  }

  String sentence() {
    return String.format(
        Locale.ROOT,
        "D is %s nats per token on average over X_A and %s over X_B; PD is %s of X_A and %s of X_B."
            + " 95%% of both have |D| below %s, %s of the width %s of A's own NLLs: %s.",
        number(meanAB),
        number(meanBA),
        percent(pdAB),
        percent(pdBA),
        number(within95),
        ratio == null ? "an unknown part" : String.format(Locale.ROOT, "%.4f", ratio),
        number(width),
        suspected ? "a noisy copy is suspected" : "no noisy copy is suspected");
  }

  private static String number(@Nullable Double value) {
    return value == null ? "unknown" : String.format(Locale.ROOT, "%.6f", value);
  }

  private static String percent(@Nullable Double share) {
    return share == null ? "an unknown share" : String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }
}
