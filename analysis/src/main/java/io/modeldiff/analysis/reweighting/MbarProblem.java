package io.modeldiff.analysis.reweighting;

import java.util.List;

/**
 * Samples from several unnormalised densities q_k whose normalisers are wanted (Shirts and Chodera
 * 2008). Rows are points; a point may stand for several samples (a fine energy bin), or for none (a
 * lane left out by the jackknife).
 *
 * @param states number of states K
 * @param logDensity log q_k(x_s) at {@code [s * states + k]}; −∞ where state k cannot produce x_s
 * @param multiplicity number of samples at each point
 * @param sampleCounts N_k, samples drawn from each state; may be 0
 * @param pins states with known normalisers, at least one; they fix the gauge
 */
public record MbarProblem(
    int states, double[] logDensity, double[] multiplicity, double[] sampleCounts, List<Pin> pins) {
  public MbarProblem {
    if (pins.isEmpty()) {
      throw new IllegalArgumentException("at least one state's normaliser must be known");
    }
    if (logDensity.length != states * multiplicity.length || sampleCounts.length != states) {
      throw new IllegalArgumentException(
          "expected "
              + states
              + " log densities per point and one count per state, but got "
              + logDensity.length
              + " for "
              + multiplicity.length
              + " points and "
              + sampleCounts.length
              + " counts");
    }
    pins = List.copyOf(pins);
  }

  /** A problem given as reduced potentials u_kn = −log q_k(x_n), one row per state. */
  public static MbarProblem ofReducedPotentials(
      double[][] reduced, double[] sampleCounts, List<Pin> pins) {
    int states = reduced.length;
    int points = reduced[0].length;
    double[] logDensity = new double[states * points];
    for (int k = 0; k < states; k++) {
      for (int s = 0; s < points; s++) {
        logDensity[s * states + k] = -reduced[k][s];
      }
    }
    double[] ones = new double[points];
    java.util.Arrays.fill(ones, 1.0);
    return new MbarProblem(states, logDensity, ones, sampleCounts, pins);
  }

  /** The same points with other multiplicities and counts, for the jackknife. */
  public MbarProblem with(double[] otherMultiplicity, double[] otherCounts) {
    return new MbarProblem(states, logDensity, otherMultiplicity, otherCounts, pins);
  }

  int points() {
    return multiplicity.length;
  }

  boolean isPinned(int state) {
    return pins.stream().anyMatch(p -> p.state() == state);
  }
}
