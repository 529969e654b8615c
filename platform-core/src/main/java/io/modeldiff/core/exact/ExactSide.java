package io.modeldiff.core.exact;

import java.util.List;

/**
 * Exact counts over X_m = {x : z_m(x) ∈ Z}.
 *
 * @param count |X_m|
 * @param below inputs with D = z_A − z_B below −λ
 * @param above inputs with D above λ
 * @param ties inputs with D = 0
 * @param differences histogram of D
 * @param rho histogram of z_m over Z
 * @param totalProbability Σ_x exp(−E(x)) over the whole space
 * @param logZ log partition functions of the whole space
 */
public record ExactSide(
    long count,
    long below,
    long above,
    long ties,
    ExactHistogram differences,
    ExactHistogram rho,
    double totalProbability,
    List<LogPartition> logZ) {
  /** log Σ_x exp(−β·E(x)), nats. */
  public record LogPartition(double beta, double logZ) {}
}
