package io.modeldiff.analysis.lmdiff.comparison;

import io.modeldiff.analysis.lmdiff.measure.Measure;
import io.modeldiff.core.error.UserException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every measure of every compared phrase, column by column.
 *
 * @param phrases [rows] phrase index of each row, ascending
 * @param tokens [rows] number of compared tokens
 * @param columns measure to [rows] values
 * @param skipped phrases that are in no row, with the reason
 */
public record ComparisonTable(
    int[] phrases, int[] tokens, Map<Measure, double[]> columns, Map<Integer, String> skipped) {

  /** Number of compared phrases. */
  public int rows() {
    return phrases.length;
  }

  /** Whether a measure was computed. */
  public boolean has(Measure measure) {
    return columns.containsKey(measure);
  }

  /** A measure's values; refuses a measure that was not computed, saying how to get it. */
  public double[] column(Measure measure) {
    double[] values = columns.get(measure);
    if (values == null) {
      throw UserException.badInput(
          "This comparison has no values of "
              + measure.id()
              + (measure.quantity().needsDistributions()
                  ? ": it needs both models' full distributions; compare with --divergences."
                  : "."));
    }
    return values;
  }

  /** Row of a phrase, or −1. */
  public int rowOf(int phrase) {
    return Math.max(-1, java.util.Arrays.binarySearch(phrases, phrase));
  }

  /** All values of one row. */
  public Map<Measure, Double> row(int row) {
    Map<Measure, Double> values = new LinkedHashMap<>();
    columns.forEach((measure, column) -> values.put(measure, column[row]));
    return values;
  }

  /** The same with more columns. */
  public ComparisonTable with(Map<Measure, double[]> more) {
    Map<Measure, double[]> all = new LinkedHashMap<>(columns);
    all.putAll(more);
    return new ComparisonTable(phrases, tokens, all, skipped);
  }

  /** The measures, in order. */
  public List<Measure> measures() {
    return List.copyOf(columns.keySet());
  }
}
