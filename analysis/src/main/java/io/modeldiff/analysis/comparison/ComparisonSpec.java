package io.modeldiff.analysis.comparison;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.space.NllRange;

/**
 * What is asked of two campaigns.
 *
 * @param scored n, scored tokens of a sequence: energy = n · z
 * @param range Z
 * @param lambda λ ≥ 0, nats per token: |D| up to λ is neither agreement nor disagreement
 * @param binWidth width of D bins and of z bins, nats per token; D edges are its multiples
 */
public record ComparisonSpec(int scored, NllRange range, double lambda, double binWidth) {
  private static final int MAX_BINS = 20_000;

  public ComparisonSpec {
    if (!(lambda >= 0) || !Double.isFinite(lambda)) {
      throw UserException.badInput(
          "Lambda must be a number of nats per token that is 0 or more, but was " + lambda + ".");
    }
    if (!(binWidth > 0) || (range.high() - range.low()) / binWidth > MAX_BINS) {
      throw UserException.badInput(
          "The bin width must be positive and leave at most "
              + MAX_BINS
              + " bins over Z, but was "
              + binWidth
              + "; for example --bin 0.02.");
    }
  }

  /** Number of z bins over Z; the last one ends at z₊. */
  int zBins() {
    return Math.max(1, (int) Math.ceil((range.high() - range.low()) / binWidth - 1e-6));
  }

  /** Edges of the z bins: z₋ + i·W, then z₊. */
  double[] zEdges() {
    double[] edges = new double[zBins() + 1];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = range.low() + i * binWidth;
    }
    edges[edges.length - 1] = range.high();
    return edges;
  }

  /** The z bin of a value inside Z. */
  int zBin(double z) {
    int bin = (int) Math.floor((z - range.low()) / binWidth);
    return Math.min(zBins() - 1, Math.max(0, bin));
  }

  /** k of the bin [kW, (k+1)W) that holds D. */
  int differenceBin(double d) {
    double k = Math.floor(d / binWidth);
    if (d < k * binWidth) {
      k--;
    } else if (d >= (k + 1) * binWidth) {
      k++;
    }
    return checked(k);
  }

  /**
   * Bin for the λ sweep: D in (mW, (m+1)W] gives m, −D in (mW, (m+1)W] gives −m − 1 and D = 0 is
   * not binned, so that sums over bins are the strict inequalities D &gt; mW and D &lt; −mW.
   */
  int sweepBin(double d) {
    double size = Math.abs(d);
    double m = Math.ceil(size / binWidth) - 1;
    if (size <= m * binWidth) {
      m--;
    } else if (size > (m + 1) * binWidth) {
      m++;
    }
    return d > 0 ? checked(m) : -checked(m) - 1;
  }

  private int checked(double bin) {
    if (Math.abs(bin) > MAX_BINS) {
      throw UserException.badInput(
          "With a bin width of "
              + binWidth
              + " the differences between the models need more than "
              + MAX_BINS
              + " bins; choose a wider --bin.");
    }
    return (int) bin;
  }
}
