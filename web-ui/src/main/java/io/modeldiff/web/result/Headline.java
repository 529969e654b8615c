package io.modeldiff.web.result;

import io.modeldiff.analysis.comparison.ComparisonResult;
import io.modeldiff.analysis.comparison.ComparisonResult.RatioTerm;
import io.modeldiff.analysis.comparison.CountEstimate;
import java.util.Locale;

/** The result in one sentence. */
public final class Headline {
  private Headline() {}

  /**
   * "Of the 10^31.2 inputs that A finds likely, B finds 87% ± 2% less likely."
   *
   * @param a name of the first model
   * @param b name of the second
   */
  public static String of(String a, String b, ComparisonResult r) {
    CountEstimate all = r.countA();
    Double log10 = all.log10();
    if (log10 == null) {
      return "No input that " + a + " finds likely (z in Z) was seen yet.";
    }
    return "Of the "
        + Numbers.plainMagnitude(log10, all.relSe())
        + " inputs that "
        + a
        + " finds likely, "
        + b
        + " finds "
        + share(r.terms().pdAB(), r.shares().pdAB(), all)
        + " less likely.";
  }

  private static String share(CountEstimate term, RatioTerm share, CountEstimate all) {
    Double value = share.value();
    Double se = share.se();
    if (value != null) {
      return se == null
          ? String.format(Locale.ROOT, "%.1f%% (error unknown)", 100 * value)
          : Numbers.share(value, se);
    }
    Double upper = term.logUpper();
    Double whole = all.log();
    return upper == null || whole == null
        ? "an unknown share"
        : "fewer than " + Numbers.percent(Math.min(1, Math.exp(upper - whole)));
  }
}
