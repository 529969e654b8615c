package io.modeldiff.web.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rungs between the two models measured: counts that neither model's own samples reach.
 *
 * @param countA |X_A| by the bridge alone, to be held against the comparison's
 * @param countB |X_B|
 * @param countAB |X_A ∩ X_B|
 * @param terms the four terms at λ
 * @param closure log Z of B found from A's end, minus its known value, nats
 * @param closed whether that is within 3 standard errors of 0
 * @param states [t, β] of each rung
 * @param replicates independent populations of each rung
 * @param particles sequences of one population
 * @param evaluations full-sequence passes of both models together
 */
public record Bridge(
    Count countA,
    Count countB,
    Count countAB,
    ComparisonDocument.Terms terms,
    ResultChecks.@Nullable Check closure,
    boolean closed,
    List<List<Double>> states,
    int replicates,
    int particles,
    double evaluations) {}
