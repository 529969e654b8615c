package io.modeldiff.analysis.comparison;

import io.modeldiff.analysis.resampling.LaneGroups;
import io.modeldiff.analysis.reweighting.CampaignWeights;
import io.modeldiff.analysis.reweighting.EnergyCounts;
import io.modeldiff.analysis.reweighting.Rungs;
import io.modeldiff.analysis.reweighting.TemperingWeights;

/**
 * One side of a comparison: its samples, which are read again for every result, and their solved
 * weights, which do not depend on Z, λ or bins.
 *
 * @param samples batches in a fixed order, readable several times
 * @param weights counting weights
 * @param extent what one pass over the samples found
 */
public record CampaignInput(Iterable<SampleBatch> samples, CampaignWeights weights, Extent extent) {

  /**
   * A replica-exchange (or plain β = 1) campaign: counts energies in one pass and solves for the
   * normalisers.
   *
   * @param scored n, scored tokens per sequence
   * @param logPartitionAtOne log Z(1): 0 behind a prefix, log V without
   */
  public static CampaignInput tempering(
      Iterable<SampleBatch> samples, Rungs rungs, int lanes, int scored, double logPartitionAtOne) {
    EnergyCounts counts = new EnergyCounts(rungs, new LaneGroups(lanes));
    for (SampleBatch batch : samples) {
      for (int i = 0; i < batch.size(); i++) {
        counts.add(batch.lane()[i], batch.rung()[i], scored * (double) batch.zOwn()[i]);
      }
    }
    return new CampaignInput(
        samples, TemperingWeights.solve(counts, logPartitionAtOne), Extent.of(samples));
  }

  /** A campaign whose weights are known already, such as position-SMC. */
  public static CampaignInput of(Iterable<SampleBatch> samples, CampaignWeights weights) {
    return new CampaignInput(samples, weights, Extent.of(samples));
  }

  /**
   * Ranges over all samples, nats per token.
   *
   * @param samples number of samples
   * @param scored how many of them the other model has scored
   */
  public record Extent(
      long samples,
      long scored,
      double lowestOwn,
      double highestOwn,
      double lowestOther,
      double highestOther) {
    static Extent of(Iterable<SampleBatch> samples) {
      long n = 0;
      long scored = 0;
      float lowOwn = Float.POSITIVE_INFINITY;
      float highOwn = Float.NEGATIVE_INFINITY;
      float lowOther = Float.POSITIVE_INFINITY;
      float highOther = Float.NEGATIVE_INFINITY;
      for (SampleBatch batch : samples) {
        n += batch.size();
        for (int i = 0; i < batch.size(); i++) {
          lowOwn = Math.min(lowOwn, batch.zOwn()[i]);
          highOwn = Math.max(highOwn, batch.zOwn()[i]);
          if (batch.scored()[i]) {
            scored++;
            lowOther = Math.min(lowOther, batch.zOther()[i]);
            highOther = Math.max(highOther, batch.zOther()[i]);
          }
        }
      }
      return new Extent(n, scored, lowOwn, highOwn, lowOther, highOther);
    }

    /** Whether every sample was scored by both models. */
    boolean allScored() {
      return scored == samples;
    }
  }
}
