package io.modeldiff.analysis.reweighting;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * Asymptotic errors of MBAR for independent samples (Shirts and Chodera 2008, eq. 8 and D; Kong et
 * al. 2003). Samples of a Markov chain are not independent: reported figures use the jackknife over
 * lanes; these are for comparison and for planning.
 *
 * @param covariance Θ_kl, the covariance of the estimated f
 * @param overlap O_kl = Σ_n W_nk W_nl N_l; row k says from which states the samples come that state
 *     k's estimate rests on
 * @param effectiveSamples per state, 1/Σ_n W_nk²
 */
public record MbarErrors(double[][] covariance, double[][] overlap, double[] effectiveSamples) {

  /** All states must have samples. */
  public static MbarErrors of(MbarProblem problem, MbarOutcome.Solved solved) {
    double[] logCounts = Arrays.stream(problem.sampleCounts()).map(Math::log).toArray();
    MbarEvaluation e = MbarEvaluation.at(problem, logCounts, solved.f());
    int states = problem.states();
    RealMatrix gram = new Array2DRowRealMatrix(states, states);
    double[][] overlap = new double[states][states];
    double[] effective = new double[states];
    for (int k = 0; k < states; k++) {
      for (int l = 0; l < states; l++) {
        gram.setEntry(k, l, e.weightProduct(k, l));
        overlap[k][l] = e.weightProduct(k, l) * problem.sampleCounts()[l];
      }
      effective[k] = 1 / e.weightProduct(k, k);
    }
    return new MbarErrors(covariance(gram, problem.sampleCounts()).getData(), overlap, effective);
  }

  /** Θ = V S (I − S Vᵀ N V S)⁺ S Vᵀ with WᵀW = V S² Vᵀ. */
  private static RealMatrix covariance(RealMatrix gram, double[] counts) {
    EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(gram);
    RealMatrix v = eigen.getV();
    double[] s =
        Arrays.stream(eigen.getEigenvalues()).map(x -> Math.sqrt(Math.max(0, x))).toArray();
    RealMatrix vs = v.multiply(MatrixUtils.createRealDiagonalMatrix(s));
    RealMatrix inner =
        MatrixUtils.createRealIdentityMatrix(s.length)
            .subtract(
                vs.transpose().multiply(MatrixUtils.createRealDiagonalMatrix(counts)).multiply(vs));
    return vs.multiply(pseudoInverse(inner)).multiply(vs.transpose());
  }

  // The inner matrix has one null direction (the gauge); 1e-10 tells it from rounding.
  private static RealMatrix pseudoInverse(RealMatrix m) {
    SingularValueDecomposition svd = new SingularValueDecomposition(m);
    double[] inverse = svd.getSingularValues().clone();
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] = inverse[i] > 1e-10 ? 1 / inverse[i] : 0;
    }
    return svd.getV().multiply(MatrixUtils.createRealDiagonalMatrix(inverse)).multiply(svd.getUT());
  }

  /** Standard error of f_l − f_k (nats). */
  public double seOfDifference(int k, int l) {
    double variance = covariance[k][k] + covariance[l][l] - 2 * covariance[k][l];
    return Math.sqrt(Math.max(0, variance));
  }
}
