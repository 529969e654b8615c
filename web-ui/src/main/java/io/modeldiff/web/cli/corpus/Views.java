package io.modeldiff.web.cli.corpus;

import io.modeldiff.analysis.lmdiff.comparison.ComparisonTable;
import io.modeldiff.analysis.lmdiff.comparison.CorpusMeans;
import io.modeldiff.analysis.lmdiff.comparison.Ranking;
import io.modeldiff.analysis.lmdiff.comparison.Ranking.Ranked;
import io.modeldiff.analysis.lmdiff.corpus.Phrase;
import io.modeldiff.analysis.lmdiff.measure.Measure;
import io.modeldiff.web.cli.corpus.PairOptions.Pair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Documents that more than one command prints. */
final class Views {
  private static final int SHOWN_CHARS = 100;

  private Views() {}

  /** The mean of one measure over a corpus. */
  record Mean(String id, String title, CorpusMeans means) {}

  /**
   * One ranked phrase.
   *
   * @param favours the model that the value speaks for, empty where the measure has no side
   * @param metrics every measure
   * @param columns metadata
   */
  record Snippet(
      int phrase,
      double value,
      int tokens,
      String text,
      String favours,
      Map<String, Double> metrics,
      Map<String, String> columns) {}

  static List<Mean> means(ComparisonTable table, long seed) {
    return table.measures().stream()
        .map(m -> new Mean(m.id(), m.title(), CorpusMeans.of(table.column(m), seed)))
        .toList();
  }

  static List<Snippet> snippets(Pair pair, Measure measure, List<Ranked> ranked) {
    return ranked.stream().map(r -> snippet(pair, measure, r)).toList();
  }

  private static Snippet snippet(Pair pair, Measure measure, Ranked ranked) {
    Phrase phrase = pair.corpus().get(ranked.phrase());
    Map<String, Double> metrics = new LinkedHashMap<>();
    pair.table().row(ranked.row()).forEach((m, v) -> metrics.put(m.id(), v));
    Map<String, String> columns = new LinkedHashMap<>();
    for (int c = 0; c < phrase.columns().size(); c++) {
      columns.put(pair.corpus().info().columns().get(c), phrase.columns().get(c));
    }
    return new Snippet(
        ranked.phrase(),
        ranked.value(),
        pair.table().tokens()[ranked.row()],
        phrase.text(),
        favours(pair, measure, ranked.value()),
        metrics,
        columns);
  }

  /**
   * Positive rank and surprisal differences speak for model 1, positive probabilities for model 2.
   */
  private static String favours(Pair pair, Measure measure, double value) {
    return switch (measure.quantity()) {
      case RANK, CLAMPED_RANK, SURPRISAL ->
          value == 0 ? "" : value > 0 ? pair.first() : pair.second();
      case PROB -> value == 0 ? "" : value > 0 ? pair.second() : pair.first();
      default -> "";
    };
  }

  static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "�");
    return line.length() <= SHOWN_CHARS ? line : line.substring(0, SHOWN_CHARS) + "…";
  }

  static Ranking.Order order(boolean ascending) {
    return ascending ? Ranking.Order.ASCENDING : Ranking.Order.DESCENDING;
  }
}
