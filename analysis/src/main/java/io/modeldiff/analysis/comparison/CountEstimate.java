package io.modeldiff.analysis.comparison;

import io.modeldiff.analysis.resampling.Jackknife;
import io.modeldiff.analysis.resampling.Spread;
import io.modeldiff.analysis.reweighting.LogMath;
import org.jspecify.annotations.Nullable;

/**
 * An estimated number of inputs, in natural logarithms.
 *
 * @param log log of the count; null where no sample was seen, which is not the same as a count of 0
 * @param relSe standard error of the log, that is, relative standard error of the count; null where
 *     it cannot be told (nothing seen, or one lane only)
 * @param logLow lower end of the 95% interval; null like {@code relSe}
 * @param logHigh upper end
 * @param logUpper for an unobserved count, log of a 95% upper bound where one can be derived
 * @param ess effective number of samples behind it, (Σw)²/Σw²
 * @param lanes lanes (or lane groups) that contribute
 * @param samples samples that contribute
 */
public record CountEstimate(
    @Nullable Double log,
    @Nullable Double relSe,
    @Nullable Double logLow,
    @Nullable Double logHigh,
    @Nullable Double logUpper,
    double ess,
    int lanes,
    long samples) {
  /** Fewer effective samples than this make an error bar untrustworthy. */
  public static final double MIN_ESS = 50;

  /** Fewer contributing lanes than this too. */
  public static final int MIN_LANES = 3;

  static CountEstimate of(ReplicateRows.Tally tally, Jackknife jackknife) {
    return ofLogs(tally.logs(), jackknife, tally.ess(), tally.lanes(), tally.samples());
  }

  /** From the log count with all lanes, and with each jackknife group left out. */
  public static CountEstimate ofLogs(
      double[] logs, Jackknife jackknife, double ess, int lanes, long samples) {
    double log = logs[0];
    if (!Double.isFinite(log)) {
      return new CountEstimate(null, null, null, null, null, 0, 0, samples);
    }
    Spread spread = jackknife.relative(logs);
    return new CountEstimate(
        log,
        spread == null ? null : spread.se(),
        spread == null ? null : log - spread.half95(),
        spread == null ? null : log + spread.half95(),
        null,
        ess,
        lanes,
        samples);
  }

  /**
   * This count, or, where nothing was seen of it, an upper bound by the rule of three: it is a part
   * of {@code whole}, of which min(ESS, 1/relSe²) effective draws all missed it.
   */
  public CountEstimate boundedBy(CountEstimate whole) {
    Double total = whole.logHigh() != null ? whole.logHigh() : whole.log();
    if (observed() || total == null) {
      return this;
    }
    Double se = whole.relSe();
    double draws = Math.min(whole.ess(), se == null || se == 0 ? whole.lanes() : 1 / (se * se));
    return withUpper(total + UpperBound.logShare(draws));
  }

  CountEstimate withUpper(@Nullable Double upper) {
    return new CountEstimate(log, relSe, logLow, logHigh, upper, ess, lanes, samples);
  }

  /** Whether any sample was seen. */
  public boolean observed() {
    return log != null;
  }

  /** Whether the error bar deserves trust: enough effective samples from enough lanes. */
  public boolean reliable() {
    return ess >= MIN_ESS && lanes >= MIN_LANES && relSe != null;
  }

  /** log10 of the count, or null. */
  public @Nullable Double log10() {
    return ten(log);
  }

  /** log10 of the upper bound of an unobserved count, or null. */
  public @Nullable Double upperLog10() {
    return ten(logUpper);
  }

  private static @Nullable Double ten(@Nullable Double natural) {
    return natural == null ? null : natural / LogMath.LN10;
  }
}
