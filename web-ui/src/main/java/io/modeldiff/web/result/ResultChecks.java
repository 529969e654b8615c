package io.modeldiff.web.result;

import io.modeldiff.analysis.diagnostics.Discrepancy;
import io.modeldiff.analysis.diagnostics.Verdict;
import io.modeldiff.analysis.history.Convergence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a result may be trusted: the worst of both campaigns, and what each one's checks say.
 *
 * @param closure log Z(0) against N log V; null without a rung at β = 0
 * @param smcAgreement log Z by replica exchange minus by SMC; null without SMC beside it
 * @param rHatMax largest R̂; null while too short
 * @param converged whether every criterion that could be checked holds on both sides
 * @param verdict sentences; those of failures first
 */
public record ResultChecks(
    @Nullable Check closure,
    @Nullable Check smcAgreement,
    @Nullable Double rHatMax,
    boolean converged,
    List<String> verdict) {

  /** A checked quantity and its standard error, nats. */
  public record Check(double value, @Nullable Double se) {}

  /** The checks of both sides. */
  static ResultChecks of(Convergence a, Convergence b) {
    List<String> sentences = new ArrayList<>();
    sentences.add("A: " + a.verdict().headline());
    sentences.add("B: " + b.verdict().headline());
    details(sentences, "A", a);
    details(sentences, "B", b);
    return new ResultChecks(
        worst(a.closure(), b.closure()),
        worst(a.worstSmcAgreement(), b.worstSmcAgreement()),
        Stream.of(a, b)
            .map(Convergence::rHatMax)
            .filter(Objects::nonNull)
            .filter(Double::isFinite)
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
    Discrepancy worst = a == null || (b != null && sigmas(b) > sigmas(a)) ? b : a;
    return worst == null ? null : new Check(worst.value(), worst.se());
  }

  private static double sigmas(Discrepancy d) {
    Double s = d.sigmas();
    return s == null ? -1 : s;
  }
}
