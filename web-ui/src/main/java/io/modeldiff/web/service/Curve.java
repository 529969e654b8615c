package io.modeldiff.web.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts of inputs by bin, with relative standard errors: a ρ(z) or a ρ(D).
 *
 * @param edges bin edges, ascending, one more than bins; nats per token
 * @param log10 base-10 logarithm of each bin's count; null where nothing was observed
 * @param relSe relative standard error of each bin's count; null where not estimable
 */
public record Curve(
    List<Double> edges, List<@Nullable Double> log10, List<@Nullable Double> relSe) {
  public Curve {
    if (edges.size() != log10.size() + 1 || relSe.size() != log10.size()) {
      throw new IllegalArgumentException(
          edges.size() + " edges, " + log10.size() + " counts, " + relSe.size() + " errors");
    }
  }

  /** Number of bins. */
  public int bins() {
    return log10.size();
  }

  /** Middle of a bin. */
  public double centre(int bin) {
    return (edges.get(bin) + edges.get(bin + 1)) / 2;
  }
}
