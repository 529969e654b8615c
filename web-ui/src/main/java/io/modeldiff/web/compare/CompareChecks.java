package io.modeldiff.web.compare;

import io.modeldiff.analysis.diagnostics.Discrepancy;
import io.modeldiff.analysis.diagnostics.Verdict;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.analysis.history.Convergence;
import io.modeldiff.web.compare.ComparisonDocument.Check;
import io.modeldiff.web.compare.ComparisonDocument.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The checks of both sides of a comparison as one. */
public final class CompareChecks {
  private CompareChecks() {}

  /** Worst of both sides, and what each verdict says. */
  public static Checks of(Outcome outcome) {
    Convergence a = Convergence.of(outcome.a(), outcome.result());
    Convergence b = Convergence.of(outcome.b(), outcome.result());
    List<String> sentences = new ArrayList<>();
    sentences.add("A: " + a.verdict().headline());
    sentences.add("B: " + b.verdict().headline());
    details(sentences, "A", a);
    details(sentences, "B", b);
    return new Checks(
        worst(a.closure(), b.closure()),
        worst(a.worstSmcAgreement(), b.worstSmcAgreement()),
        Stream.of(a, b)
            .map(Convergence::rHatMax)
            .filter(java.util.Objects::nonNull)
            .max(Double::compare)
            .orElse(null),
        a.verdict().converged() && b.verdict().converged(),
        List.copyOf(sentences));
  }

  private static void details(List<String> sentences, String side, Convergence convergence) {
    convergence.verdict().criteria().stream()
        .filter(c -> c.status() == Verdict.Status.HOLDS)
        .forEach(c -> sentences.add(side + ": " + c.sentence()));
    if (convergence.verdict().converged()) {
      convergence.phaseChanges().forEach(change -> sentences.add(side + ", note: " + change));
    }
  }

  private static @Nullable Check worst(@Nullable Discrepancy a, @Nullable Discrepancy b) {
    Discrepancy worst = sigmas(a) >= sigmas(b) ? a : b;
    return worst == null ? null : new Check(worst.value(), worst.se());
  }

  private static double sigmas(@Nullable Discrepancy d) {
    Double s = d == null ? null : d.sigmas();
    return s == null ? -1 : s;
  }
}
