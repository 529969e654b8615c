package io.modeldiff.analysis.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A fixed corpus as the input space (Model-diff, footnote 2 and end of section 3.2): its distinct
 * texts (see {@link CorpusInputs}), each counted once, instead of all inputs. Counts are exact; no
 * weights, no errors. X_A and X_B are the texts with z in Z, or, where any z is asked for, all of
 * them.
 *
 * @param texts distinct texts
 * @param countA texts with z_A in Z, whatever is asked for
 * @param countB texts with z_B in Z
 * @param countAB texts with both in Z
 * @param terms PD_AB, PA_AB, PA_BA, PD_BA at λ
 * @param tiesAB texts of X_A with D = 0
 * @param tiesBA texts of X_B with D = 0
 * @param histogramAB D over X_A
 * @param histogramBA D over X_B
 */
public record CorpusComparison(
    int texts,
    long countA,
    long countB,
    long countAB,
    List<Long> terms,
    long tiesAB,
    long tiesBA,
    Counts histogramAB,
    Counts histogramBA) {

  /** Texts per bin of D; edges are multiples of the bin width. */
  public record Counts(double[] edges, long[] counts) {}

  /**
   * Compares over a corpus.
   *
   * @param zA mean NLL of each distinct text under A, rounded to float32 as everywhere
   * @param zB mean NLL under B
   * @param anyZ whether X_A and X_B are all texts instead of those in Z
   */
  public static CorpusComparison of(double[] zA, double[] zB, ComparisonSpec spec, boolean anyZ) {
    Tally a = new Tally();
    Tally b = new Tally();
    int[] inside = new int[3];
    for (int i = 0; i < zA.length; i++) {
      boolean inA = spec.range().contains(zA[i]);
      boolean inB = spec.range().contains(zB[i]);
      double d = (double) (float) zA[i] - (float) zB[i];
      if (inA || anyZ) {
        a.add(d, spec);
      }
      if (inB || anyZ) {
        b.add(d, spec);
      }
      inside[0] += inA ? 1 : 0;
      inside[1] += inB ? 1 : 0;
      inside[2] += inA && inB ? 1 : 0;
    }
    return new CorpusComparison(
        zA.length,
        inside[0],
        inside[1],
        inside[2],
        List.of(
            a.classes[Region.NEGATIVE],
            a.classes[Region.POSITIVE],
            b.classes[Region.NEGATIVE],
            b.classes[Region.POSITIVE]),
        a.classes[Region.TIE],
        b.classes[Region.TIE],
        a.histogram(spec.binWidth()),
        b.histogram(spec.binWidth()));
  }

  private static final class Tally {
    private final TreeMap<Integer, Long> bins = new TreeMap<>();
    private final long[] classes = new long[4];

    void add(double d, ComparisonSpec spec) {
      classes[Region.classOf(d, spec.lambda())]++;
      bins.merge(spec.differenceBin(d), 1L, Long::sum);
    }

    Counts histogram(double width) {
      if (bins.isEmpty()) {
        return new Counts(new double[0], new long[0]);
      }
      int first = bins.firstKey();
      List<Double> edges = new ArrayList<>();
      long[] counts = new long[bins.lastKey() - first + 1];
      for (int k = 0; k <= counts.length; k++) {
        edges.add((first + k) * width);
      }
      bins.forEach((k, n) -> counts[k - first] = n);
      return new Counts(edges.stream().mapToDouble(Double::doubleValue).toArray(), counts);
    }
  }
}
