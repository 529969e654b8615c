package io.modeldiff.analysis.diagnostics;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.BetaDistribution;

/**
 * Convergence figures of one quantity (for example the energies of all lanes at one rung), after
 * Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021).
 *
 * <p>Rules at the edges: a NaN anywhere, fewer than 4 draws, or (for R̂) fewer than 2 chains give
 * NaN; a constant quantity has R̂ NaN, as many effective draws as draws, and a mean and quantiles
 * without error.
 */
public final class ChainDiagnostics {
  private final Chains chains;
  private final boolean valid;

  private ChainDiagnostics(double[][] draws) {
    this.chains = new Chains(draws);
    this.valid = draws.length > 0 && chains.length() >= 4 && !chains.hasNaN();
  }

  /** From draws as {@code [chain][draw]}, all chains of the same length. */
  public static ChainDiagnostics of(double[][] draws) {
    return new ChainDiagnostics(draws);
  }

  // ---- R̂: square root of total over within variance; 1 when chains agree.

  /** The larger of rank-normalised split R̂ and the same of folded draws: the figure to report. */
  public double rHat() {
    double location = rHatNormalScores();
    double scale = rHatFolded();
    return Double.isNaN(location) ? location : Math.max(location, scale);
  }

  /** Of normal scores of split chains. */
  public double rHatNormalScores() {
    return valid ? rHat(chains.split().normalScores()) : Double.NaN;
  }

  /** Of normal scores of distances from the median: sees differences of spread. */
  public double rHatFolded() {
    return valid ? rHat(chains.split().folded().normalScores()) : Double.NaN;
  }

  /** Of split chains as they are. */
  public double rHatSplit() {
    return valid ? rHat(chains.split()) : Double.NaN;
  }

  /** Of chains as they are. */
  public double rHatPlain() {
    return valid ? rHat(chains) : Double.NaN;
  }

  private static double rHat(Chains c) {
    if (c.chains() < 2 || c.isConstant()) {
      return Double.NaN;
    }
    double n = c.length();
    double between =
        n * Chains.variance(Arrays.stream(c.draws).mapToDouble(Chains::mean).toArray());
    double within = Arrays.stream(c.draws).mapToDouble(Chains::variance).sum() / c.chains();
    return Math.sqrt((between / within + n - 1) / n);
  }

  // ---- Effective sample sizes.

  private double ess(Chains c) {
    return valid ? EffectiveSize.of(c) : Double.NaN;
  }

  /** For the centre of the distribution: of normal scores of split chains. */
  public double essBulk() {
    return valid ? ess(chains.split().normalScores()) : Double.NaN;
  }

  /** For the tails: the smaller of the 5% and 95% quantiles'. */
  public double essTail() {
    return Math.min(essQuantile(0.05), essQuantile(0.95));
  }

  /** For the mean. */
  public double essMean() {
    return ess(chains.split());
  }

  /** For the standard deviation. */
  public double essSd() {
    double mean = Chains.mean(chains.flat());
    return ess(chains.map(x -> (x - mean) * (x - mean)).split());
  }

  /** For the median. */
  public double essMedian() {
    return essQuantile(0.5);
  }

  /** For the median absolute deviation. */
  public double essMad() {
    Chains folded = chains.folded();
    double median = folded.quantile(0.5);
    return ess(folded.map(x -> x <= median ? 1 : 0).split());
  }

  /** Of normal scores of distances from the median. */
  public double essFolded() {
    return valid ? ess(chains.split().folded().normalScores()) : Double.NaN;
  }

  /** Of chains as they are, unsplit. */
  public double essPlain() {
    return ess(chains);
  }

  /** For the quantile at p. */
  public double essQuantile(double p) {
    double q = chains.quantile(p);
    return ess(chains.map(x -> x <= q ? 1 : 0).split());
  }

  /** For the probability of lying between two quantiles. */
  public double essLocal(double lower, double upper) {
    double low = chains.quantile(lower);
    double high = chains.quantile(upper);
    return ess(chains.map(x -> low <= x && x <= high ? 1 : 0).split());
  }

  /** Integrated autocorrelation time in draws: draws per effective draw of the mean. */
  public double autocorrelationTime() {
    return chains.size() / essMean();
  }

  // ---- Monte-Carlo standard errors.

  /** Of the mean. */
  public double mcseMean() {
    return Math.sqrt(Chains.variance(chains.flat()) / essMean());
  }

  /** Of the standard deviation; NaN for a constant. */
  public double mcseSd() {
    double mean = Chains.mean(chains.flat());
    Chains squares = chains.map(x -> (x - mean) * (x - mean));
    double variance = Chains.mean(squares.flat());
    double fourth = Chains.mean(squares.map(x -> x * x).flat());
    double ofVariance = (fourth - variance * variance) / ess(squares.split());
    return Math.sqrt(ofVariance / variance / 4);
  }

  /** Of the median. */
  public double mcseMedian() {
    return mcseQuantile(0.5);
  }

  /**
   * Of the quantile at p: half the distance between the order statistics at the ends of a one-sigma
   * interval of a Beta distribution.
   */
  public double mcseQuantile(double p) {
    double ess = essQuantile(p);
    if (Double.isNaN(ess)) {
      return Double.NaN;
    }
    BetaDistribution beta = new BetaDistribution(ess * p + 1, ess * (1 - p) + 1);
    double[] sorted = chains.flat();
    Arrays.sort(sorted);
    double low = beta.inverseCumulativeProbability(0.1586553) * sorted.length - 1;
    double high = beta.inverseCumulativeProbability(0.8413447) * sorted.length - 1;
    double from = sorted[(int) Math.floor(Math.max(low, 0))];
    double to = sorted[(int) Math.ceil(Math.min(high, sorted.length - 1))];
    return (to - from) / 2;
  }
}
