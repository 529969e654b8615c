package io.modeldiff.analysis.reweighting;

/**
 * The density from which all samples of a campaign together were drawn, as a function of the
 * energy: Σ_k N_k e^{f_k} exp(−β_k E) 1[E ≥ floor_k]. One over it is the counting weight of a
 * sample: the number of inputs that it stands for.
 */
public final class MixtureDensity {
  private final double[] bias;
  private final Rungs rungs;
  private final double[] floors;

  private MixtureDensity(Rungs rungs, double[] bias) {
    this.rungs = rungs;
    this.bias = bias;
    this.floors = rungs.floors();
  }

  /** From samples per rung and free energies f = −log Z. */
  public static MixtureDensity of(Rungs rungs, double[] sampleCounts, double[] f) {
    double[] bias = new double[rungs.count()];
    for (int k = 0; k < bias.length; k++) {
      bias[k] = sampleCounts[k] > 0 ? Math.log(sampleCounts[k]) + f[k] : Double.NEGATIVE_INFINITY;
    }
    return new MixtureDensity(rungs, bias);
  }

  /** log of the density at an energy (nats); the log counting weight is its negative. */
  public double logAt(double energy) {
    double max = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < bias.length; k++) {
      max = Math.max(max, term(k, energy));
    }
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    double sum = 0;
    for (int k = 0; k < bias.length; k++) {
      sum += Math.exp(term(k, energy) - max);
    }
    return max + Math.log(sum);
  }

  /** d/dE of {@link #logAt}: minus the mean β under the rungs' shares at this energy. */
  double slopeAt(double energy) {
    double log = logAt(energy);
    double slope = 0;
    for (int k = 0; k < bias.length; k++) {
      double share = Math.exp(term(k, energy) - log);
      slope -= share * rungs.beta()[k];
    }
    return slope;
  }

  private double term(int k, double energy) {
    return energy >= rungs.floorEnergy()[k]
        ? bias[k] - rungs.beta()[k] * energy
        : Double.NEGATIVE_INFINITY;
  }

  /** Energies at which the density jumps. */
  double[] jumps() {
    return floors.clone();
  }
}
