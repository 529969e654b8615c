package io.modeldiff.web.live;

import io.modeldiff.analysis.comparison.CountEstimate;
import io.modeldiff.analysis.diagnostics.Discrepancy;
import io.modeldiff.analysis.diagnostics.Verdict;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.analysis.history.ComparisonAnalysis.Side;
import io.modeldiff.web.service.ComparisonService.Checks;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The checks of a result that its samples allow. */
final class ResultChecks {
  private ResultChecks() {}

  static Checks of(Outcome outcome) {
    Discrepancy closure = worse(closure(outcome.a()), closure(outcome.b()));
    Verdict.Builder verdict = Verdict.builder().closure(closure).rHat(Map.of());
    CountEstimate countA = outcome.result().countA();
    CountEstimate countB = outcome.result().countB();
    verdict.binEss(Math.min(countA.ess(), countB.ess()));
    return new Checks(Estimates.measured(closure), null, null, verdict.build().converged());
  }

  private static @Nullable Discrepancy closure(Side side) {
    return Discrepancy.closure(
        side.input().weights(), side.campaign().spec().space().toSpace().logPartitionAtZero());
  }

  private static @Nullable Discrepancy worse(@Nullable Discrepancy a, @Nullable Discrepancy b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return Math.abs(a.value()) > Math.abs(b.value()) ? a : b;
  }
}
