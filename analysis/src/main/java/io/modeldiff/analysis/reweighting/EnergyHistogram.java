package io.modeldiff.analysis.reweighting;

import java.util.Arrays;

/**
 * A fine histogram of energies per lane group, of bounded memory: bins start 0.005 nats wide and
 * double when there would be more than {@value #MAX_BINS}.
 */
final class EnergyHistogram {
  static final int MAX_BINS = 8_192;
  private static final double FIRST_WIDTH = 0.005;

  private final int groups;
  private double width = FIRST_WIDTH;
  private long first;
  private int bins;
  private int[] counts = new int[0];
  private double[] energySums = new double[0];

  EnergyHistogram(int groups) {
    this.groups = groups;
  }

  void add(int group, double energy) {
    long index = (long) Math.floor(energy / width);
    if (bins == 0) {
      first = index;
    }
    while (Math.max(index, first + bins - 1) - Math.min(index, first) >= MAX_BINS) {
      coarsen();
      index = (long) Math.floor(energy / width);
    }
    if (index < first || index >= first + bins) {
      cover(Math.min(index, first), Math.max(index + 1, first + bins));
    }
    int bin = (int) (index - first);
    counts[bin * groups + group]++;
    energySums[bin] += energy;
  }

  private void cover(long from, long until) {
    // Grow generously on the side that grew, so that growth is amortised.
    long slack = bins / 2 + 8;
    long low = from < first ? Math.max(from - slack, until - MAX_BINS) : from;
    long high = until > first + bins ? Math.min(until + slack, low + MAX_BINS) : until;
    int[] c = new int[(int) (high - low) * groups];
    double[] e = new double[(int) (high - low)];
    System.arraycopy(counts, 0, c, (int) (first - low) * groups, bins * groups);
    System.arraycopy(energySums, 0, e, (int) (first - low), bins);
    if (bins == 0) {
      Arrays.fill(c, 0);
    }
    first = low;
    bins = (int) (high - low);
    counts = c;
    energySums = e;
  }

  private void coarsen() {
    long low = Math.floorDiv(first, 2L);
    int n = (int) (Math.floorDiv(first + bins - 1, 2L) - low + 1);
    int[] c = new int[n * groups];
    double[] e = new double[n];
    for (int b = 0; b < bins; b++) {
      int target = (int) (Math.floorDiv(first + b, 2L) - low);
      e[target] += energySums[b];
      for (int g = 0; g < groups; g++) {
        c[target * groups + g] += counts[b * groups + g];
      }
    }
    width *= 2;
    first = low;
    bins = n;
    counts = c;
    energySums = e;
  }

  /** Bins that hold samples, as indices for the other accessors. */
  int[] occupied() {
    int[] found = new int[bins];
    int n = 0;
    for (int b = 0; b < bins; b++) {
      if (total(b) > 0) {
        found[n++] = b;
      }
    }
    return Arrays.copyOf(found, n);
  }

  long total(int bin) {
    long sum = 0;
    for (int g = 0; g < groups; g++) {
      sum += counts[bin * groups + g];
    }
    return sum;
  }

  int count(int bin, int group) {
    return counts[bin * groups + group];
  }

  /** Mean energy of the samples in a bin. */
  double energy(int bin) {
    return energySums[bin] / total(bin);
  }
}
