package io.modeldiff.web.lab;

import io.modeldiff.analysis.comparison.ComparisonResult;
import io.modeldiff.analysis.comparison.CountEstimate;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one whole comparison with one seed answered, beside the truth.
 *
 * @param seed its seed
 * @param quantities |A|, |B|, PD_AB, PA_AB, PA_BA, PD_BA and |A∩B|
 * @param tvAB total variation of ρ_{A→B}(D) to the truth
 * @param tvBA that of ρ_{B→A}(D)
 * @param converged the comparison's own verdict
 * @param evaluations of both models, full-sequence-equivalent forward passes
 */
public record SeedRun(
    long seed,
    List<Quantity> quantities,
    double tvAB,
    double tvBA,
    boolean converged,
    double evaluations) {
  /** Names of the quantities, in order. */
  public static final List<String> NAMES =
      List.of("|A|", "|B|", "PD A→B", "PA A→B", "PA B→A", "PD B→A", "|A∩B|");

  /**
   * One estimate.
   *
   * @param off estimate / truth − 1; null where nothing was seen
   * @param relSe its stated relative standard error
   * @param covered whether the truth lies in the stated 95% interval
   */
  public record Quantity(@Nullable Double off, @Nullable Double relSe, boolean covered) {
    static Quantity of(CountEstimate estimate, double logTruth) {
      Double log = estimate.log();
      Double low = estimate.logLow();
      Double high = estimate.logHigh();
      return new Quantity(
          log == null ? null : Math.expm1(log - logTruth),
          estimate.relSe(),
          low != null && high != null && low <= logTruth && logTruth <= high);
    }
  }

  /** A finished comparison beside the truth. */
  public static SeedRun of(long seed, Outcome outcome, boolean converged, LabTruth truth) {
    double length = outcome.a().campaign().spec().space().length();
    return of(
        seed,
        outcome.result(),
        converged,
        (outcome.a().campaign().positions() + outcome.b().campaign().positions()) / length,
        truth);
  }

  static SeedRun of(
      long seed, ComparisonResult r, boolean converged, double evaluations, LabTruth truth) {
    List<CountEstimate> estimates =
        List.of(
            r.countA(),
            r.countB(),
            r.terms().pdAB(),
            r.terms().paAB(),
            r.terms().paBA(),
            r.terms().pdBA(),
            r.countAB());
    List<Quantity> quantities = new ArrayList<>();
    for (int i = 0; i < estimates.size(); i++) {
      quantities.add(Quantity.of(estimates.get(i), truth.logCounts()[i]));
    }
    return new SeedRun(
        seed,
        List.copyOf(quantities),
        truth.distanceAB(r.histogramAB()),
        truth.distanceBA(r.histogramBA()),
        converged,
        evaluations);
  }
}
