package io.modeldiff.web.cli.experiment;

import io.modeldiff.analysis.comparison.CountEstimate;
import io.modeldiff.analysis.comparison.Histogram;
import io.modeldiff.analysis.comparison.SampleBatch;
import io.modeldiff.analysis.history.ComparisonAnalysis.Outcome;
import io.modeldiff.analysis.history.ComparisonAnalysis.Side;
import io.modeldiff.core.campaign.Schedule;
import io.modeldiff.core.exact.ExactHistogram;
import io.modeldiff.core.exact.ExactResult;
import io.modeldiff.core.space.NllRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The paper's Figure 7: text generation by MCMC at T = 1 alone favours inputs of low NLL, so that
 * the distribution of D over its samples in Z is not that over all inputs in Z. Total variation
 * distances between D histograms: of the samples of the rung β = 1, each counted once; of all
 * samples with their counting weights; and of the enumeration, where one is kept.
 *
 * @param found whose inputs
 * @param samples samples at β = 1 in Z
 * @param plainFromWeighted distance of the plain histogram from the weighted one
 * @param plainFromExact distance from the enumeration; null without one
 * @param weightedFromExact distance of the weighted histogram from it
 * @param noise what an exact sampler's histogram of so many samples would be off by on average, at
 *     most
 * @param meanPlain mean z of the plain samples in Z, nats per token
 * @param meanWeighted mean z over all inputs in Z
 */
record PlainGeneration(
    String found,
    long samples,
    double plainFromWeighted,
    @Nullable Double plainFromExact,
    @Nullable Double weightedFromExact,
    double noise,
    double meanPlain,
    double meanWeighted) {

  /** Both sides of an outcome; a side without samples at β = 1 is left out. */
  static List<PlainGeneration> of(Outcome outcome, @Nullable ExactResult exact) {
    List<PlainGeneration> sides = new ArrayList<>();
    add(sides, outcome, outcome.a(), true, exact);
    add(sides, outcome, outcome.b(), false, exact);
    return sides;
  }

  private static void add(
      List<PlainGeneration> sides,
      Outcome outcome,
      Side side,
      boolean isA,
      @Nullable ExactResult exact) {
    Schedule schedule = side.campaign().schedule();
    int rung = schedule == null ? -1 : indexOfOne(schedule.betas());
    if (rung < 0 || side.campaign().byReplicates()) {
      return;
    }
    NllRange range = outcome.asked().range();
    Double count = (isA ? outcome.result().countA() : outcome.result().countB()).log();
    double unit = count == null ? 0 : count;
    double width = outcome.asked().binWidth();
    TreeMap<Long, Double> plain = new TreeMap<>();
    long n = 0;
    double sumZ = 0;
    double weights = 0;
    double weightedZ = 0;
    for (SampleBatch batch : side.samples().batches()) {
      for (int i = 0; i < batch.size(); i++) {
        float z = batch.zOwn()[i];
        if (!batch.scored()[i] || !range.contains(z)) {
          continue;
        }
        double weight = Math.exp(side.logWeight(batch, i) - unit);
        weights += weight;
        weightedZ += weight * z;
        if (batch.rung()[i] == rung) {
          double d = ((double) z - batch.zOther()[i]) * (isA ? 1 : -1);
          plain.merge((long) Math.floor(d / width), 1.0, Double::sum);
          sumZ += z;
          n++;
        }
      }
    }
    if (n == 0) {
      return;
    }
    Histogram h = isA ? outcome.result().histogramAB() : outcome.result().histogramBA();
    TreeMap<Long, Double> weighted = shares(h, width);
    TreeMap<Long, Double> truth =
        exact == null
            ? null
            : shares(isA ? exact.a().differences() : exact.b().differences(), width);
    TreeMap<Long, Double> share = normalised(plain);
    sides.add(
        new PlainGeneration(
            side.campaign().spec().model().name(),
            n,
            distance(share, weighted),
            truth == null ? null : (Double) distance(share, truth),
            truth == null ? null : (Double) distance(weighted, truth),
            noise(weighted, n),
            sumZ / n,
            weightedZ / weights));
  }

  private static int indexOfOne(double[] betas) {
    return Arrays.stream(betas).boxed().toList().indexOf(1.0);
  }

  private static TreeMap<Long, Double> shares(Histogram h, double width) {
    TreeMap<Long, Double> bins = new TreeMap<>();
    double top =
        h.bins().stream()
            .map(CountEstimate::log)
            .filter(java.util.Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(0);
    for (int i = 0; i < h.bins().size(); i++) {
      Double log = h.bins().get(i).log();
      if (log != null) {
        bins.put(Math.round(h.edges()[i] / width), Math.exp(log - top));
      }
    }
    return normalised(bins);
  }

  private static TreeMap<Long, Double> shares(ExactHistogram h, double width) {
    TreeMap<Long, Double> bins = new TreeMap<>();
    for (int i = 0; i < h.counts().length; i++) {
      bins.put(Math.round(h.edges()[i] / width), (double) h.counts()[i]);
    }
    return normalised(bins);
  }

  private static TreeMap<Long, Double> normalised(TreeMap<Long, Double> bins) {
    double all = bins.values().stream().mapToDouble(Double::doubleValue).sum();
    TreeMap<Long, Double> shares = new TreeMap<>();
    bins.forEach((bin, count) -> shares.put(bin, count / all));
    return shares;
  }

  /** ½ Σ |p − q|. */
  private static double distance(TreeMap<Long, Double> p, TreeMap<Long, Double> q) {
    double sum = 0;
    for (var bin : p.entrySet()) {
      sum += Math.abs(bin.getValue() - q.getOrDefault(bin.getKey(), 0.0));
    }
    for (var bin : q.entrySet()) {
      sum += p.containsKey(bin.getKey()) ? 0 : bin.getValue();
    }
    return sum / 2;
  }

  /** ½ Σ √(2 p(1 − p)/(π n)), the mean distance of independent samples from their distribution. */
  private static double noise(TreeMap<Long, Double> p, long n) {
    return p.values().stream().mapToDouble(s -> Math.sqrt(2 * s * (1 - s) / (Math.PI * n))).sum()
        / 2;
  }

  String sentence() {
    return String.format(
        Locale.ROOT,
        "Figure 7, inputs of %s: generation at T = 1 alone (%,d samples) is off by %.4f in total"
            + " variation of D%s; chance alone would give %.4f. Its mean z in Z is %.4f nats per"
            + " token, that of all inputs %.4f.",
        found,
        samples,
        plainFromExact == null ? plainFromWeighted : plainFromExact,
        weightedFromExact == null
            ? " from the weighted samples"
            : String.format(
                Locale.ROOT,
                " from the enumeration, the weighted samples by %.4f",
                weightedFromExact),
        noise,
        meanPlain,
        meanWeighted);
  }
}
