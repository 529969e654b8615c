package io.modeldiff.web.lab;

import io.modeldiff.web.lab.SeedRun.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Many seeds of one comparison: how far off each quantity was, and how often its 95% interval held
 * the truth.
 *
 * @param runs by seed
 * @param summary per quantity, in the order of {@link SeedRun#NAMES}
 */
public record SeedTable(List<SeedRun> runs, List<Summary> summary) {
  /**
   * One quantity over all seeds.
   *
   * @param quantity its name
   * @param seen in how many seeds it was estimated
   * @param worst largest |off|
   * @param rms root mean square of off
   * @param meanSe mean stated relative standard error
   * @param covered share of seeds whose interval held the truth
   */
  public record Summary(
      String quantity,
      int seen,
      @Nullable Double worst,
      @Nullable Double rms,
      @Nullable Double meanSe,
      double covered) {}

  /** The table of finished runs. */
  public static SeedTable of(List<SeedRun> runs) {
    List<Summary> summary = new ArrayList<>();
    for (int q = 0; q < SeedRun.NAMES.size(); q++) {
      int index = q;
      summary.add(
          summary(
              SeedRun.NAMES.get(q), runs.stream().map(r -> r.quantities().get(index)).toList()));
    }
    return new SeedTable(List.copyOf(runs), List.copyOf(summary));
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
    return new Summary(
        name,
        offs.size(),
        offs.isEmpty() ? null : offs.stream().mapToDouble(Math::abs).max().orElseThrow(),
        offs.isEmpty()
            ? null
            : Math.sqrt(offs.stream().mapToDouble(o -> o * o).average().orElseThrow()),
        errors.isEmpty()
            ? null
            : errors.stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
        quantities.stream().mapToInt(q -> q.covered() ? 1 : 0).average().orElse(0));
  }

  /** The table as Markdown. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("| seed | " + String.join(" | ", SeedRun.NAMES) + " | TV A→B | TV B→A | converged |");
    lines.add("| --- |" + " --- |".repeat(SeedRun.NAMES.size() + 3));
    runs.forEach(run -> lines.add(line(run)));
    lines.add(row("worst", Summary::worst));
    lines.add(row("root mean square", Summary::rms));
    lines.add(row("mean stated error", Summary::meanSe));
    lines.add(row("truth in the 95% interval", Summary::covered));
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

  private String row(String name, java.util.function.Function<Summary, @Nullable Double> value) {
    StringBuilder s = new StringBuilder("| ").append(name).append(" |");
    for (Summary one : summary) {
      Double v = value.apply(one);
      s.append(v == null ? " - |" : String.format(Locale.ROOT, " %.2f%% |", 100 * v));
    }
    return s.append(" | | |").toString();
  }
}
