package io.modeldiff.web.corpus;

import io.modeldiff.analysis.lmdiff.comparison.Ranking.Ranked;
import io.modeldiff.analysis.lmdiff.corpus.Phrase;
import io.modeldiff.analysis.lmdiff.measure.Measure;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One ranked phrase.
 *
 * @param phrase its index in the corpus
 * @param value of the measure, signed, model 2 − model 1
 * @param favours the model that the value speaks for, empty where the measure has no side
 * @param metrics every measure
 * @param columns metadata
 */
public record Snippet(
    int phrase,
    double value,
    int tokens,
    String text,
    String favours,
    Map<String, Double> metrics,
    Map<String, String> columns) {

  static Snippet of(ComparedPair pair, Measure measure, Ranked ranked) {
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
  private static String favours(ComparedPair pair, Measure measure, double value) {
    return switch (measure.quantity()) {
      case RANK, CLAMPED_RANK, SURPRISAL ->
          value == 0 ? "" : value > 0 ? pair.first() : pair.second();
      case PROB -> value == 0 ? "" : value > 0 ? pair.second() : pair.first();
      default -> "";
    };
  }
}
