package io.modeldiff.web.lab;

import io.modeldiff.analysis.resampling.HitRate;
import io.modeldiff.web.lab.SeedRun.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.jspecify.annotations.Nullable;

/**
 * Many seeds of one comparison: how far off each quantity was, and how often its 95% interval held
 * the truth. A few dozen seeds say little about a coverage: of correct intervals 40 seeds show 35
 * to 40 hits, and quantities of one seed miss together, because their errors are correlated.
 *
 * @param runs by seed
 * @param summary per quantity, in the order of {@link SeedRun#NAMES}
 * @param independent how many independent quantities the correlated errors are worth, n²/Σ r² over
 *     all pairs of the n quantities; null with fewer than three complete seeds
 */
public record SeedTable(List<SeedRun> runs, List<Summary> summary, @Nullable Double independent) {
  /**
   * One quantity over all seeds.
   *
   * @param quantity its name
   * @param seen in how many seeds it was estimated
   * @param worst largest |off|
   * @param rms root mean square of off
   * @param meanSe mean stated relative standard error
   * @param errorRatio rms over the root mean square of the stated errors: 1 where they are right
   * @param covered share of seeds whose interval held the truth
   * @param coveredLow lower end of the exact 95% interval of the coverage that this share allows
   * @param coveredHigh upper end
   */
  public record Summary(
      String quantity,
      int seen,
      @Nullable Double worst,
      @Nullable Double rms,
      @Nullable Double meanSe,
      @Nullable Double errorRatio,
      double covered,
      double coveredLow,
      double coveredHigh) {}

  /** The table of finished runs. */
  public static SeedTable of(List<SeedRun> runs) {
    List<Summary> summary = new ArrayList<>();
    for (int q = 0; q < SeedRun.NAMES.size(); q++) {
      int index = q;
      summary.add(
          summary(
              SeedRun.NAMES.get(q), runs.stream().map(r -> r.quantities().get(index)).toList()));
    }
    return new SeedTable(List.copyOf(runs), List.copyOf(summary), independent(runs));
  }

  private static Summary summary(String name, List<Quantity> quantities) {
    List<Double> offs = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    for (Quantity q : quantities) {
      Double off = q.off();
      Double se = q.relSe();
      if (off != null) {
        offs.add(off);
      }
      if (se != null) {
        errors.add(se);
      }
    }
    HitRate held =
        new HitRate((int) quantities.stream().filter(Quantity::covered).count(), quantities.size());
    Double rms = rms(offs);
    Double stated = rms(errors);
    return new Summary(
        name,
        offs.size(),
        offs.isEmpty() ? null : offs.stream().mapToDouble(Math::abs).max().orElseThrow(),
        rms,
        errors.isEmpty()
            ? null
            : errors.stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
        rms == null || stated == null || stated == 0 ? null : rms / stated,
        held.share(),
        held.low(),
        held.high());
  }

  private static @Nullable Double rms(List<Double> values) {
    return values.isEmpty()
        ? null
        : Math.sqrt(values.stream().mapToDouble(v -> v * v).average().orElseThrow());
  }

  private static @Nullable Double independent(List<SeedRun> runs) {
    List<double[]> seen = new ArrayList<>();
    for (SeedRun run : runs) {
      double[] offs = new double[SeedRun.NAMES.size()];
      for (int q = 0; q < offs.length; q++) {
        Double off = run.quantities().get(q).off();
        offs[q] = off == null ? Double.NaN : off;
      }
      if (Arrays.stream(offs).allMatch(Double::isFinite)) {
        seen.add(offs);
      }
    }
    if (seen.size() < 3) {
      return null;
    }
    RealMatrix r = new PearsonsCorrelation(seen.toArray(double[][]::new)).getCorrelationMatrix();
    double norm = r.getFrobeniusNorm();
    double n = r.getRowDimension();
    return Double.isFinite(norm) ? n * n / (norm * norm) : null;
  }

  /** The table as Markdown. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("| seed | " + String.join(" | ", SeedRun.NAMES) + " | TV A→B | TV B→A | converged |");
    lines.add("| --- |" + " --- |".repeat(SeedRun.NAMES.size() + 3));
    runs.forEach(run -> lines.add(line(run)));
    lines.add(percentages("worst", Summary::worst));
    lines.add(percentages("root mean square", Summary::rms));
    lines.add(percentages("mean stated error", Summary::meanSe));
    lines.add(
        row(
            "error over stated error",
            Summary::errorRatio,
            v -> String.format(Locale.ROOT, "%.2f", v)));
    lines.add(percentages("truth in the 95% interval", Summary::covered));
    lines.add(percentages("coverage at least", Summary::coveredLow));
    lines.add(percentages("coverage at most", Summary::coveredHigh));
    if (independent != null) {
      lines.add("");
      lines.add(
          String.format(
              Locale.ROOT,
              "The %d errors of a seed are correlated: they are worth %.1f independent ones.",
              summary.size(),
              independent));
    }
    return lines;
  }

  /** One seed's row; an asterisk marks an interval that missed the truth. */
  public static String line(SeedRun run) {
    StringBuilder s = new StringBuilder("| ").append(run.seed()).append(" |");
    for (Quantity q : run.quantities()) {
      Double off = q.off();
      s.append(off == null ? " none seen" : String.format(Locale.ROOT, " %+.2f%%", 100 * off))
          .append(q.covered() ? " |" : "* |");
    }
    return s.append(
            String.format(
                Locale.ROOT,
                " %.4f | %.4f | %s |",
                run.tvAB(),
                run.tvBA(),
                run.converged() ? "yes" : "no"))
        .toString();
  }

  private String percentages(String name, Function<Summary, @Nullable Double> share) {
    return row(name, share, v -> String.format(Locale.ROOT, "%.2f%%", 100 * v));
  }

  private String row(
      String name, Function<Summary, @Nullable Double> value, DoubleFunction<String> shown) {
    StringBuilder s = new StringBuilder("| ").append(name).append(" |");
    for (Summary one : summary) {
      Double v = value.apply(one);
      s.append(' ').append(v == null ? "-" : shown.apply(v)).append(" |");
    }
    return s.append(" | | |").toString();
  }
}
