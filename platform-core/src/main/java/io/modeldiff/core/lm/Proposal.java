package io.modeldiff.core.lm;

/**
 * What to change in some lanes of a {@link LaneCache}: positions [from, to) are drawn from the
 * model's tempered conditionals p(·|x_&lt;i)^β/c_β, positions [to, N) are forced to {@code
 * candidate} and scored. from == to: nothing is drawn, the candidate is scored from {@code from}
 * on.
 *
 * @param lanes indices of the lanes concerned, ascending; the batch has exactly this many rows
 * @param from first changed position
 * @param to end of the drawn part, from ≤ to ≤ N
 * @param candidate [lanes.length][N]; only positions ≥ to are read
 * @param beta [lanes.length], the inverse temperature of each row's draws
 * @param uniforms [lanes.length][to − from], in (0,1), turned into tokens by inversion of the
 *     cumulative distribution in ascending token id
 * @param normalizers whether log c_β at each row's own β is wanted: one entry a position in {@link
 *     Conditionals#logNormalizer}, else none
 */
public record Proposal(
    int[] lanes,
    int from,
    int to,
    int[][] candidate,
    double[] beta,
    double[][] uniforms,
    boolean normalizers) {}
