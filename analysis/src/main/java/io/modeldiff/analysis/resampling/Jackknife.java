package io.modeldiff.analysis.resampling;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Delete-a-group jackknife over the lanes of one or two independent campaigns.
 *
 * <p>A statistic is given by its values: entry 0 from all lanes, then one entry per left-out group
 * of the first campaign, then of the second. With groups of m_j of n lanes and h_j = n / m_j, the
 * variance is that of Busing, Meijer and van der Leeden (1999),
 *
 * <pre>
 *   θ* = Σ_j (θ − (1 − 1/h_j) θ_(j)),  v = (1/G) Σ_j (h_j θ − (h_j − 1) θ_(j) − θ*)² / (h_j − 1)
 * </pre>
 *
 * which is the ordinary delete-one jackknife where all m_j are 1. Variances of the campaigns add;
 * degrees of freedom follow Welch and Satterthwaite.
 */
public final class Jackknife {
  private final List<LaneGroups> campaigns;

  public Jackknife(LaneGroups... campaigns) {
    this.campaigns = List.of(campaigns);
  }

  /** Number of values of a statistic: 1 + all groups. */
  public int width() {
    return 1 + campaigns.stream().mapToInt(LaneGroups::groups).sum();
  }

  /** Spread of a statistic; null where a campaign has one lane only, or a value is not finite. */
  public @Nullable Spread spread(double[] values) {
    double variance = 0;
    double satterthwaite = 0;
    int offset = 1;
    for (LaneGroups lanes : campaigns) {
      int groups = lanes.groups();
      if (groups < 2) {
        return null;
      }
      double v = variance(values, offset, lanes);
      variance += v;
      satterthwaite += v * v / (groups - 1);
      offset += groups;
    }
    if (!Double.isFinite(variance)) {
      return null;
    }
    double df =
        satterthwaite > 0
            ? variance * variance / satterthwaite
            : campaigns.stream().mapToInt(LaneGroups::groups).sum() - campaigns.size();
    return new Spread(Math.sqrt(variance), Math.max(1, df));
  }

  private static double variance(double[] values, int offset, LaneGroups lanes) {
    int groups = lanes.groups();
    double full = values[0];
    double corrected = 0;
    for (int g = 0; g < groups; g++) {
      double h = (double) lanes.lanes() / lanes.size(g);
      corrected += full - (1 - 1 / h) * values[offset + g];
    }
    double sum = 0;
    for (int g = 0; g < groups; g++) {
      double h = (double) lanes.lanes() / lanes.size(g);
      double pseudo = h * full - (h - 1) * values[offset + g];
      sum += (pseudo - corrected) * (pseudo - corrected) / (h - 1);
    }
    return sum / groups;
  }

  /**
   * Relative spread of a positive statistic given by its logarithms. Where some left-out group held
   * every contribution (logarithm −∞) the spread is taken on the linear scale, relative to the
   * estimate, so that it is large but finite.
   */
  public @Nullable Spread relative(double[] logs) {
    if (!Double.isFinite(logs[0])) {
      return null;
    }
    boolean allFinite = true;
    for (double v : logs) {
      allFinite &= Double.isFinite(v);
    }
    if (allFinite) {
      return spread(logs);
    }
    double[] linear = new double[logs.length];
    for (int i = 0; i < logs.length; i++) {
      linear[i] = Math.exp(logs[i] - logs[0]);
    }
    return spread(linear);
  }
}
