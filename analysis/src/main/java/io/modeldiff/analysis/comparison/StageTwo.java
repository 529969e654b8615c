package io.modeldiff.analysis.comparison;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The second stage of the paper's own procedure (Model-diff, section 3): draw z from the estimated
 * ρ(z) over Z, then one of the samples of its bin uniformly, whatever rung it came from, and take
 * PD/PA over those draws. Here are the probabilities that such draws converge to. Within a bin
 * samples of colder rungs are over-represented towards low z, a bias that direct weights do not
 * have; the figures are for comparison with the paper only.
 *
 * @param pdAB share of X_A with D &lt; −λ; null where no sample was drawn from
 * @param paAB share of X_A with D &gt; λ
 * @param paBA share of X_B with D &lt; −λ
 * @param pdBA share of X_B with D &gt; λ
 */
public record StageTwo(
    @Nullable Double pdAB, @Nullable Double paAB, @Nullable Double paBA, @Nullable Double pdBA) {

  /** The stage over both sides' samples, with z bins as wide as the comparison's. */
  public static StageTwo of(CampaignInput a, CampaignInput b, ComparisonSpec spec) {
    Map<Integer, Bin> ofA = bins(a, spec, true);
    Map<Integer, Bin> ofB = bins(b, spec, false);
    return new StageTwo(share(ofA, true), share(ofA, false), share(ofB, true), share(ofB, false));
  }

  /** One z bin: its weight, and how often its samples have a low or a high D. */
  private static final class Bin {
    private double weight;
    private long samples;
    private long low;
    private long high;
  }

  private static Map<Integer, Bin> bins(CampaignInput side, ComparisonSpec spec, boolean isA) {
    double largest = Double.NEGATIVE_INFINITY;
    for (SampleBatch batch : side.samples()) {
      for (int i = 0; i < batch.size(); i++) {
        if (spec.range().contains(batch.zOwn()[i])) {
          largest = Math.max(largest, logWeight(side, spec, batch, i));
        }
      }
    }
    Map<Integer, Bin> bins = new TreeMap<>();
    for (SampleBatch batch : side.samples()) {
      for (int i = 0; i < batch.size(); i++) {
        if (spec.range().contains(batch.zOwn()[i]) && batch.scored()[i]) {
          int at = spec.zBin(batch.zOwn()[i]);
          Bin bin = bins.computeIfAbsent(at, k -> new Bin());
          double d = (double) batch.zOwn()[i] - batch.zOther()[i];
          d = isA ? d : -d;
          bin.weight += Math.exp(logWeight(side, spec, batch, i) - largest);
          bin.samples++;
          bin.low += d < -spec.lambda() ? 1 : 0;
          bin.high += d > spec.lambda() ? 1 : 0;
        }
      }
    }
    return bins;
  }

  private static double logWeight(CampaignInput side, ComparisonSpec spec, SampleBatch b, int i) {
    return side.weights().logWeight(spec.scored() * (double) b.zOwn()[i]);
  }

  private static @Nullable Double share(Map<Integer, Bin> bins, boolean low) {
    double all = 0;
    double part = 0;
    for (Bin bin : bins.values()) {
      all += bin.weight;
      part += bin.weight * (low ? bin.low : bin.high) / bin.samples;
    }
    return all == 0 ? null : part / all;
  }
}
