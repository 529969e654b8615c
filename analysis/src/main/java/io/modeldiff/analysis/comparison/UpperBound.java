package io.modeldiff.analysis.comparison;

import io.modeldiff.analysis.comparison.ReplicateRows.Tally;
import io.modeldiff.analysis.resampling.Jackknife;
import io.modeldiff.analysis.resampling.Spread;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How large a part of X_m can be of which no sample was seen.
 *
 * <p>Weighted samples of X_m are worth n_eff independent draws from the uniform distribution over
 * it. If a part holds the share q, n_eff draws all miss it with probability (1 − q)^n_eff; the 95%
 * upper bound is the q where that is 5%,
 *
 * <pre>  q = 1 − 0.05^{1/n_eff}  ≤  3/n_eff   (the rule of three), </pre>
 *
 * times the upper end of |X_m|'s interval. n_eff is the smaller of the weights' (Σw)²/Σw², which
 * knows of uneven weights, and p(1 − p)/Var(p̂) for the share p̂ of X_m below its median z, with
 * the jackknife variance over lanes, which knows of correlated samples. It presumes that the
 * sampler mixes over X_m: a part that no lane can reach is beyond any statistics.
 *
 * @param log log of the bound; null where no sample of X_m was seen at all
 */
record UpperBound(@Nullable Double log) {
  private static final double MISSED = 0.05;

  static UpperBound of(
      ReplicateRows z, CountEstimate count, Jackknife jackknife, ComparisonSpec spec) {
    Double total = count.logHigh() != null ? count.logHigh() : count.log();
    if (total == null) {
      return new UpperBound(null);
    }
    double draws = Math.min(count.ess(), independentDraws(z, jackknife, spec));
    return new UpperBound(total + logShare(draws));
  }

  /** log of the largest share that this many draws miss with probability 5%. */
  static double logShare(double draws) {
    return Math.log(-Math.expm1(Math.log(MISSED) / Math.max(1, draws)));
  }

  private static double independentDraws(
      ReplicateRows z, Jackknife jackknife, ComparisonSpec spec) {
    Tally all = z.all();
    double closest = 0.4;
    double draws = Double.NaN;
    for (Tally low : z.running(0, spec.zBins(), false)) {
      double p = Math.exp(low.logs()[0] - all.logs()[0]);
      if (Math.abs(p - 0.5) < closest) {
        double[] shares = new double[low.logs().length];
        Arrays.setAll(shares, r -> Math.exp(low.logs()[r] - all.logs()[r]));
        Spread spread = jackknife.spread(shares);
        if (spread != null && spread.se() > 0) {
          closest = Math.abs(p - 0.5);
          draws = p * (1 - p) / (spread.se() * spread.se());
        }
      }
    }
    if (!Double.isNaN(draws)) {
      return draws;
    }
    // Too concentrated to split: count lanes, the only certainly independent draws.
    return all.lanes();
  }

  CountEstimate orBound(CountEstimate estimate) {
    return estimate.observed() ? estimate : estimate.withUpper(log);
  }

  UpperBound smaller(UpperBound other) {
    if (log == null) {
      return other;
    }
    return other.log == null || log <= other.log ? this : other;
  }
}
