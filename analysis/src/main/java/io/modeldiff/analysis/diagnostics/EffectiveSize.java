package io.modeldiff.analysis.diagnostics;

import java.util.Arrays;
import org.hipparchus.complex.Complex;
import org.hipparchus.transform.DftNormalization;
import org.hipparchus.transform.FastFourierTransformer;
import org.hipparchus.transform.TransformType;

/**
 * Effective sample size of several chains: autocorrelations averaged over chains against the
 * multi-chain variance, summed while Geyer's initial positive sequence lasts and made monotone
 * (Vehtari et al. 2021, eq. 10).
 */
final class EffectiveSize {
  private EffectiveSize() {}

  /** Autocovariances at all lags, divided by the chain's length. */
  static double[] autocovariance(double[] x) {
    int padded = Integer.highestOneBit(Math.max(1, 2 * x.length - 1)) * 2;
    double mean = Chains.mean(x);
    double[] centred = new double[padded];
    for (int i = 0; i < x.length; i++) {
      centred[i] = x[i] - mean;
    }
    FastFourierTransformer fft = new FastFourierTransformer(DftNormalization.STANDARD);
    Complex[] spectrum = fft.transform(centred, TransformType.FORWARD);
    double[] power = new double[padded];
    for (int i = 0; i < padded; i++) {
      double re = spectrum[i].getRealPart();
      double im = spectrum[i].getImaginaryPart();
      power[i] = re * re + im * im;
    }
    Complex[] covariance = fft.transform(power, TransformType.INVERSE);
    double[] result = new double[x.length];
    Arrays.setAll(result, lag -> covariance[lag].getRealPart() / x.length);
    return result;
  }

  static double of(Chains chains) {
    int draws = chains.length();
    int total = chains.size();
    if (chains.hasNaN()) {
      return Double.NaN;
    }
    if (chains.isConstant()) {
      return total;
    }
    double[] covariance = new double[draws];
    double[] means = new double[chains.chains()];
    for (int c = 0; c < means.length; c++) {
      double[] own = autocovariance(chains.draws[c]);
      for (int t = 0; t < draws; t++) {
        covariance[t] += own[t] / means.length;
      }
      means[c] = Chains.mean(chains.draws[c]);
    }
    double within = covariance[0] * draws / (draws - 1.0);
    double plus = covariance[0] + (means.length > 1 ? Chains.variance(means) : 0);
    double[] rho = new double[draws];
    rho[0] = 1;
    double even = 1;
    double odd = 1 - (within - covariance[1]) / plus;
    rho[1] = odd;
    int t = 1;
    while (t < draws - 3 && even + odd > 0) {
      even = 1 - (within - covariance[t + 1]) / plus;
      odd = 1 - (within - covariance[t + 2]) / plus;
      if (even + odd >= 0) {
        rho[t + 1] = even;
        rho[t + 2] = odd;
      }
      t += 2;
    }
    int last = t - 2;
    if (even > 0) {
      rho[last + 1] = even;
    }
    makeMonotone(rho, last);
    double tau = -1;
    for (int i = 0; i <= last; i++) {
      tau += 2 * rho[i];
    }
    tau += last + 1 < draws ? rho[last + 1] : 0;
    return total / Math.max(tau, 1 / Math.log10(total));
  }

  private static void makeMonotone(double[] rho, int last) {
    for (int t = 1; t <= last - 2; t += 2) {
      double before = rho[t - 1] + rho[t];
      if (rho[t + 1] + rho[t + 2] > before) {
        rho[t + 1] = before / 2;
        rho[t + 2] = before / 2;
      }
    }
  }
}
