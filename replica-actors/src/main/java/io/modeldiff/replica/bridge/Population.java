package io.modeldiff.replica.bridge;

/**
 * Weighted sequences from one density between two models.
 *
 * @param energyA [particle] E under A, nats
 * @param energyB [particle] E under B, nats
 * @param weight [particle] normalised: they sum to 1
 * @param logZ unbiased estimate's logarithm of Σ_x exp(−a·E_A − b·E_B)
 */
record Population(double[] energyA, double[] energyB, double[] weight, double logZ) {
  double meanA() {
    return mean(energyA);
  }

  double meanB() {
    return mean(energyB);
  }

  private double mean(double[] of) {
    double mean = 0;
    for (int p = 0; p < of.length; p++) {
      mean += weight[p] * of[p];
    }
    return mean;
  }

  /** Variances of E_A and E_B and their covariance. */
  double[] spread() {
    double meanA = meanA();
    double meanB = meanB();
    double[] sums = new double[3];
    for (int p = 0; p < weight.length; p++) {
      double x = energyA[p] - meanA;
      double y = energyB[p] - meanB;
      sums[0] += weight[p] * x * x;
      sums[1] += weight[p] * y * y;
      sums[2] += weight[p] * x * y;
    }
    return sums;
  }
}
