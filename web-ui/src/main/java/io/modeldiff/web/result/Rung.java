package io.modeldiff.web.result;

import io.modeldiff.analysis.comparison.SampleBatch;
import io.modeldiff.analysis.density.RangeFinder;
import io.modeldiff.analysis.diagnostics.Repetition;
import io.modeldiff.analysis.history.ComparisonAnalysis.Side;
import io.modeldiff.analysis.history.Convergence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one campaign found at one β: where NLLs lie there, so that Z can be chosen and judged.
 *
 * @param beta inverse temperature
 * @param samples samples drawn at it
 * @param quantiles z at 5, 25, 50, 75 and 95% under π_β, nats per token, from all rungs' samples
 *     reweighted
 * @param reliable whether enough effective samples stand behind the quantiles
 * @param repetition mean share of token pairs that already occurred in their sequence, over at most
 *     {@value #TEXTS} samples drawn at this β; null without any
 * @param rHat split rank-normalised R̂ of z over lanes; null with too few rounds
 */
public record Rung(
    double beta,
    long samples,
    List<Double> quantiles,
    boolean reliable,
    @Nullable Double repetition,
    @Nullable Double rHat) {
  private static final int TEXTS = 500;
  private static final int POINTS = 20_000;
  private static final double[] PROBABILITIES = {0.05, 0.25, 0.5, 0.75, 0.95};

  /** All rungs of one side, by β. */
  static List<Rung> of(Side side, Convergence convergence) {
    double[] betas = side.input().weights().rungs().beta();
    long all = side.samples().size();
    long everyPoint = all / POINTS + 1;
    long everyText = all / betas.length / TEXTS + 1;
    List<List<int[]>> texts = new ArrayList<>();
    Arrays.stream(betas).forEach(b -> texts.add(new ArrayList<>()));
    long[] counts = new long[betas.length];
    double[] z = new double[(int) (all / everyPoint) + 1];
    double[] weights = new double[z.length];
    int points = 0;
    long seen = 0;
    for (int b = 0; b < side.samples().batches().size(); b++) {
      SampleBatch batch = side.samples().batches().get(b);
      for (int i = 0; i < batch.size(); i++) {
        int k = batch.rung()[i];
        if (counts[k]++ % everyText == 0) {
          texts.get(k).add(side.samples().tokens().get(b).sequence(i));
        }
        if (seen++ % everyPoint == 0) {
          z[points] = batch.zOwn()[i];
          weights[points++] = side.logWeight(batch, i);
        }
      }
    }
    RangeFinder finder =
        RangeFinder.of(
            Arrays.copyOf(z, points),
            Arrays.copyOf(weights, points),
            side.campaign().spec().space().scored());
    List<Rung> rungs = new ArrayList<>();
    for (int k = 0; k < betas.length; k++) {
      RangeFinder.AtBeta at = finder.at(betas[k], PROBABILITIES);
      Double rHat = convergence.rHat().get(betas[k]);
      rungs.add(
          new Rung(
              betas[k],
              counts[k],
              at.quantiles(),
              at.reliable(),
              texts.get(k).isEmpty()
                  ? null
                  : (Double) Repetition.meanShare(texts.get(k).toArray(int[][]::new), 2),
              rHat == null || rHat.isNaN() ? null : rHat));
    }
    return rungs;
  }
}
