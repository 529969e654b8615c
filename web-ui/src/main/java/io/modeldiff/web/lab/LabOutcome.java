package io.modeldiff.web.lab;

import io.modeldiff.analysis.comparison.ComparisonResult;
import io.modeldiff.analysis.comparison.CountEstimate;
import io.modeldiff.analysis.comparison.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One method's answer with one seed.
 *
 * @param logCounts natural logs of |X_A|, |X_B|, PD_AB, PA_AB, PA_BA, PD_BA, |X_A ∩ X_B|; NaN where
 *     none was seen
 * @param tvAB total variation of ρ_{A→B}(D) to the truth, NaN without a truth
 * @param tvBA the same for B
 * @param ess effective samples behind |X_A|
 * @param evaluations of model A
 * @param seconds sampling time of model A
 * @param histogramAB the D histogram of X_A, for a truth made of other runs
 * @param histogramBA that of X_B
 */
public record LabOutcome(
    double[] logCounts,
    double tvAB,
    double tvBA,
    double ess,
    double evaluations,
    double seconds,
    Histogram histogramAB,
    Histogram histogramBA) {

  static LabOutcome of(ComparisonResult r, LabSide a, @Nullable LabTruth truth) {
    double[] logs = {
      log(r.countA()),
      log(r.countB()),
      log(r.terms().pdAB()),
      log(r.terms().paAB()),
      log(r.terms().paBA()),
      log(r.terms().pdBA()),
      log(r.countAB())
    };
    return new LabOutcome(
        logs,
        truth == null ? Double.NaN : truth.distanceAB(r.histogramAB()),
        truth == null ? Double.NaN : truth.distanceBA(r.histogramBA()),
        r.countA().ess(),
        a.evaluations(),
        a.seconds(),
        r.histogramAB(),
        r.histogramBA());
  }

  private static double log(CountEstimate c) {
    Double log = c.log();
    return log == null ? Double.NaN : log;
  }
}
