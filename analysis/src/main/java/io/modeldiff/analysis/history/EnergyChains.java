package io.modeldiff.analysis.history;

import io.modeldiff.analysis.comparison.SampleBatch;
import java.util.Arrays;

/** Traces of z per rung and lane, the raw material of mixing diagnostics. */
public final class EnergyChains {
  private EnergyChains() {}

  /**
   * Traces of the counted rounds that every replica has.
   *
   * @return [rung][lane][round] z in nats per token; empty traces where no round is complete
   */
  public static double[][][] of(CampaignRecord campaign, KeptSamples samples) {
    int rungs = campaign.schedule() == null ? 0 : campaign.schedule().betas().length;
    int lanes = campaign.spec().lanes();
    long first = campaign.samplingFrom();
    long last = samples.rounds().stream().mapToLong(Long::longValue).max().orElse(first - 1);
    int length = first < 0 ? 0 : (int) Math.max(0, last - first + 1);
    double[][][] z = new double[rungs][lanes][length];
    for (double[][] rung : z) {
      for (double[] lane : rung) {
        Arrays.fill(lane, Double.NaN);
      }
    }
    for (int i = 0; i < samples.batches().size(); i++) {
      SampleBatch batch = samples.batches().get(i);
      int at = (int) (samples.rounds().get(i) - first);
      for (int s = 0; s < batch.size(); s++) {
        z[batch.rung()[s]][batch.lane()[s]][at] = batch.zOwn()[s];
      }
    }
    return z;
  }

  /** Whether every lane of a rung has a value in every round. */
  static boolean isComplete(double[][] lanes) {
    return lanes.length > 0
        && Arrays.stream(lanes).flatMapToDouble(Arrays::stream).noneMatch(Double::isNaN);
  }
}
