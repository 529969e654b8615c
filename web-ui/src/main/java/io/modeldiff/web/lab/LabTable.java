package io.modeldiff.web.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The laboratory's result for people. */
public final class LabTable {
  private static final int BAR = 40;

  private LabTable() {}

  public static List<String> lines(List<LabRow> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%-13s %5s %5s %9s %9s %8s %10s %9s %8s %8s %8s %9s %9s",
            "method",
            "seeds",
            "empty",
            "evals",
            "log|X_A|",
            "sd",
            "var*evals",
            "bias",
            "terms",
            "worst",
            "TV",
            "ESS/eval",
            "ESS/s"));
    for (LabRow r : rows) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-13s %5d %5d %9.0f %9.3f %8s %10s %9s %8s %8s %8s %9.3g %9.3g",
              r.method(),
              r.seeds(),
              r.empty(),
              r.evaluations(),
              r.logCountA(),
              shown(r.sd()),
              shown(r.varianceTimesEvaluations()),
              shown(r.bias()),
              shown(r.termError()),
              shown(r.largestTermError()),
              shown(r.tv()),
              r.essPerEvaluation(),
              r.essPerSecond()));
    }
    lines.addAll(plot(rows));
    return lines;
  }

  private static String shown(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4g", value);
  }

  /** Variance × evaluations as bars on a logarithmic scale. */
  private static List<String> plot(List<LabRow> rows) {
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (LabRow r : rows) {
      double v = r.varianceTimesEvaluations();
      if (v > 0) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
    }
    List<String> lines = new ArrayList<>();
    if (high == 0) {
      return lines;
    }
    lines.add("");
    lines.add("variance of log|X_A| x evaluations, logarithmic scale (shorter is better)");
    double span = Math.max(Math.log(high / low), 1e-9);
    for (LabRow r : rows) {
      double v = r.varianceTimesEvaluations();
      if (v > 0) {
        int length = 1 + (int) Math.round((BAR - 1) * Math.log(v / low) / span);
        lines.add(
            String.format(
                Locale.ROOT, "%-13s %-" + BAR + "s %.3g", r.method(), "#".repeat(length), v));
      }
    }
    return lines;
  }
}
