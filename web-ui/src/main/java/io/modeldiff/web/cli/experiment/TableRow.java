package io.modeldiff.web.cli.experiment;

import io.modeldiff.web.result.Bins;
import io.modeldiff.web.result.ComparisonDocument;
import io.modeldiff.web.result.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A result as a row of the paper's Table 2, with the data of its Figure 3. */
final class TableRow {
  private TableRow() {}

  static String of(String name, Preset preset, ComparisonDocument d) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%n%s: %s%n  A: %-20s D from %s%n  B: %-20s D from %s%n",
            name,
            d.headline(),
            d.models().A(),
            range(d.range().AB()),
            d.models().B(),
            range(d.range().BA())));
    text.append("  PD A→B : PA A→B : PA B→A : PD B→A\n");
    text.append("    pooled    ").append(ratio(d.ratio().pooled(), d.ratio().pooledSe()));
    text.append("\n    R3, eq. 7 ").append(ratio(d.ratio().r3(), d.ratio().r3Se()));
    if (!preset.paperRatio.isEmpty()) {
      text.append("\n    the paper's models: ").append(preset.paperRatio);
    }
    text.append("\n  ")
        .append(d.checks().converged() ? "All checks hold." : "NOT CONVERGED.")
        .append("\n  D (nats per token)   log10 inputs of A ± rel. se   of B\n");
    TreeMap<Double, String[]> rows = new TreeMap<>();
    add(rows, d.histogramAB(), 0);
    add(rows, d.histogramBA(), 1);
    rows.forEach(
        (at, cells) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "  %+8.3f   %-22s %-22s%n",
                    at,
                    cells[0] == null ? "-" : cells[0],
                    cells[1] == null ? "-" : cells[1])));
    return text.toString();
  }

  private static void add(TreeMap<Double, String[]> rows, Bins bins, int column) {
    for (int i = 0; i < bins.count(); i++) {
      Double log10 = bins.log10().get(i);
      Double se = bins.relSe().get(i);
      double key = Math.round(1e6 * bins.centre(i)) / 1e6;
      if (log10 != null) {
        rows.computeIfAbsent(key, k -> new String[2])[column] =
            String.format(
                Locale.ROOT, "%.3f %s", log10, se == null ? "" : "± " + Numbers.percent(se));
      }
    }
  }

  private static String range(List<@Nullable Double> range) {
    return range.stream()
        .map(v -> v == null ? "?" : String.format(Locale.ROOT, "%.2f", v))
        .collect(Collectors.joining(" to "));
  }

  private static String ratio(List<@Nullable Double> values, List<@Nullable Double> errors) {
    return IntStream.range(0, values.size())
        .mapToObj(
            i ->
                i == 0 && values.get(0) != null
                    ? "1"
                    : Numbers.withError(values.get(i), errors.get(i)))
        .collect(Collectors.joining(" : "));
  }
}
