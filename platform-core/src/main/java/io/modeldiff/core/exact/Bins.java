package io.modeldiff.core.exact;

import java.util.Arrays;

/**
 * Counts in bins whose edges are the multiples of a width: bin k is [k·w, (k+1)·w). The range grows
 * with what is counted.
 */
final class Bins {
  private final double width;
  private long[] counts = new long[0];
  private int first;

  Bins(double width) {
    this.width = width;
  }

  void add(double value) {
    int k = (int) Math.floor(value / width);
    // The quotient may round across an edge; the edges themselves decide.
    if (value < k * width) {
      k--;
    } else if (value >= (k + 1) * width) {
      k++;
    }
    if (k < first || k >= first + counts.length) {
      grow(k);
    }
    counts[k - first]++;
  }

  private void grow(int k) {
    if (counts.length == 0) {
      first = k;
      counts = new long[1];
    } else if (k < first) {
      long[] wider = new long[counts.length + first - k];
      System.arraycopy(counts, 0, wider, first - k, counts.length);
      counts = wider;
      first = k;
    } else {
      counts = Arrays.copyOf(counts, k - first + 1);
    }
  }

  ExactHistogram histogram() {
    double[] edges = new double[counts.length == 0 ? 0 : counts.length + 1];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = (first + i) * width;
    }
    return new ExactHistogram(edges, counts.clone());
  }
}
