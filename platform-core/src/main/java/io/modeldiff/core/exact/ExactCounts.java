package io.modeldiff.core.exact;

import io.modeldiff.core.space.NllRange;

/**
 * Exact set sizes and PD/PA terms (Model-diff, Table 1) at λ = 0.
 *
 * @param a |X_A|
 * @param b |X_B|
 * @param both |X_A ∩ X_B|
 */
public record ExactCounts(long a, long b, long both, long pdAB, long paAB, long paBA, long pdBA) {
  static final ExactCounts NONE = new ExactCounts(0, 0, 0, 0, 0, 0, 0);

  /** The counts of a whole enumeration. */
  public static ExactCounts of(ExactResult r) {
    return new ExactCounts(
        r.a().count(), r.b().count(), r.both(), r.pdAB(), r.paAB(), r.paBA(), r.pdBA());
  }

  /**
   * Counts some sequences.
   *
   * @param zA NLL under A, +∞ where it is known to be beyond the range
   * @param zB NLL under B, likewise
   */
  static ExactCounts of(float[] zA, float[] zB, NllRange range) {
    long[] n = new long[7];
    for (int i = 0; i < zA.length; i++) {
      boolean inA = range.contains(zA[i]);
      boolean inB = range.contains(zB[i]);
      if (inA) {
        n[0]++;
        n[3] += zA[i] < zB[i] ? 1 : 0;
        n[4] += zA[i] > zB[i] ? 1 : 0;
      }
      if (inB) {
        n[1]++;
        n[5] += zA[i] < zB[i] ? 1 : 0;
        n[6] += zA[i] > zB[i] ? 1 : 0;
      }
      n[2] += inA && inB ? 1 : 0;
    }
    return new ExactCounts(n[0], n[1], n[2], n[3], n[4], n[5], n[6]);
  }

  ExactCounts plus(ExactCounts o) {
    return new ExactCounts(
        a + o.a,
        b + o.b,
        both + o.both,
        pdAB + o.pdAB,
        paAB + o.paAB,
        paBA + o.paBA,
        pdBA + o.pdBA);
  }
}
