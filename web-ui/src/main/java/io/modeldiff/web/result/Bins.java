package io.modeldiff.web.result;

import io.modeldiff.analysis.comparison.CountEstimate;
import io.modeldiff.analysis.comparison.Histogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts of inputs by bin: a ρ(z) or a ρ(D).
 *
 * @param edges bin edges, ascending, one more than bins; nats per token; empty without bins
 * @param log10 log10 of each bin's count; null where nothing was observed
 * @param relSe relative standard error of each bin's count; null where not estimable
 * @param ess effective number of samples in each bin
 */
public record Bins(
    List<Double> edges,
    List<@Nullable Double> log10,
    List<@Nullable Double> relSe,
    List<Double> ess) {
  public Bins {
    if (relSe.size() != log10.size()
        || ess.size() != log10.size()
        || edges.size() != (log10.isEmpty() ? 0 : log10.size() + 1)) {
      throw new IllegalArgumentException(
          edges.size() + " edges, " + log10.size() + " counts, " + relSe.size() + " errors");
    }
  }

  /** From the estimators. */
  public static Bins of(Histogram h) {
    List<@Nullable Double> log10 = new ArrayList<>();
    List<@Nullable Double> relSe = new ArrayList<>();
    List<Double> ess = new ArrayList<>();
    for (CountEstimate bin : h.bins()) {
      log10.add(bin.log10());
      relSe.add(bin.relSe());
      ess.add(bin.ess());
    }
    List<Double> edges = Arrays.stream(h.edges()).boxed().toList();
    return new Bins(log10.isEmpty() ? List.of() : edges, log10, relSe, ess);
  }

  /** Number of bins. */
  public int count() {
    return log10.size();
  }

  /** Middle of a bin. */
  public double centre(int bin) {
    return (edges.get(bin) + edges.get(bin + 1)) / 2;
  }
}
