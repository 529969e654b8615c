package io.modeldiff.web.lab;

import java.util.Arrays;
import java.util.List;

/**
 * One method over several seeds.
 *
 * @param method word of the method
 * @param title what it is
 * @param seeds runs
 * @param empty runs in which no sample lay in Z
 * @param evaluations mean per run and model
 * @param logCountA mean of log|X_A|
 * @param sd its standard deviation over seeds; null with fewer than two
 * @param varianceTimesEvaluations sd² times evaluations; null likewise
 * @param bias mean of log|X_A| less the truth's; null without a truth
 * @param biasSe its standard error
 * @param termError root mean square relative error of the four terms; null without a truth
 * @param largestTermError the largest over terms and seeds
 * @param tv mean total variation of both D histograms; null without a truth
 * @param essPerEvaluation effective samples of |X_A| per evaluation
 * @param essPerSecond the same per second of sampling
 */
public record LabRow(
    String method,
    String title,
    int seeds,
    int empty,
    double evaluations,
    double logCountA,
    double sd,
    double varianceTimesEvaluations,
    double bias,
    double biasSe,
    double termError,
    double largestTermError,
    double tv,
    double essPerEvaluation,
    double essPerSecond) {

  static LabRow of(LabMethod method, List<LabOutcome> runs, double[] truth) {
    double[] logs = runs.stream().mapToDouble(r -> r.logCounts()[0]).toArray();
    double[] seen = Arrays.stream(logs).filter(l -> !Double.isNaN(l)).toArray();
    double mean = Arrays.stream(seen).average().orElse(Double.NaN);
    double sd =
        seen.length < 2
            ? Double.NaN
            : Math.sqrt(
                Arrays.stream(seen).map(l -> (l - mean) * (l - mean)).sum() / (seen.length - 1));
    double evaluations = runs.stream().mapToDouble(LabOutcome::evaluations).average().orElse(0);
    double seconds = runs.stream().mapToDouble(LabOutcome::seconds).average().orElse(0);
    double ess = runs.stream().mapToDouble(LabOutcome::ess).average().orElse(0);
    double tv =
        runs.stream().mapToDouble(r -> (r.tvAB() + r.tvBA()) / 2).average().orElse(Double.NaN);
    double[] errors = termErrors(runs, truth);
    return new LabRow(
        method.word(),
        method.title(),
        runs.size(),
        logs.length - seen.length,
        evaluations,
        mean,
        sd,
        sd * sd * evaluations,
        truth.length == 0 ? Double.NaN : mean - truth[0],
        sd / Math.sqrt(seen.length),
        errors.length == 0
            ? Double.NaN
            : Math.sqrt(Arrays.stream(errors).map(e -> e * e).average().orElse(Double.NaN)),
        Arrays.stream(errors).map(Math::abs).max().orElse(Double.NaN),
        tv,
        ess / evaluations,
        ess / seconds);
  }

  /** Relative errors of the four terms in all runs. */
  private static double[] termErrors(List<LabOutcome> runs, double[] truth) {
    if (truth.length == 0) {
      return new double[0];
    }
    return runs.stream()
        .flatMapToDouble(
            r ->
                java.util.stream.IntStream.range(2, 6)
                    .mapToDouble(i -> Math.expm1(r.logCounts()[i] - truth[i])))
        .toArray();
  }
}
