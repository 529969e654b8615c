package io.modeldiff.analysis.lmdiff.comparison;

import io.modeldiff.analysis.lmdiff.measure.Measure;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Growing columns of a {@link ComparisonTable}. */
public final class ColumnBuilder {
  private final List<Measure> measures;
  private final double[][] columns;
  private int[] phrases = new int[1024];
  private int[] tokens = new int[1024];
  private int rows;

  /** Columns for these measures. */
  public ColumnBuilder(List<Measure> measures) {
    this.measures = measures;
    this.columns = new double[measures.size()][1024];
  }

  /** Appends a row of values in the order of the measures. */
  public void add(int phrase, int tokenCount, double[] values) {
    if (rows == phrases.length) {
      grow();
    }
    phrases[rows] = phrase;
    tokens[rows] = tokenCount;
    for (int m = 0; m < columns.length; m++) {
      columns[m][rows] = values[m];
    }
    rows++;
  }

  /** The table, with all columns or only the one that needs no common tokens. */
  public ComparisonTable table(Map<Integer, String> skipped, boolean all) {
    Map<Measure, double[]> named = new LinkedHashMap<>();
    for (int m = 0; m < columns.length; m++) {
      if (all || measures.get(m).equals(Measure.BITS_PER_BYTE)) {
        named.put(measures.get(m), Arrays.copyOf(columns[m], rows));
      }
    }
    return new ComparisonTable(
        Arrays.copyOf(phrases, rows), Arrays.copyOf(tokens, rows), named, Map.copyOf(skipped));
  }

  private void grow() {
    int size = 2 * rows;
    phrases = Arrays.copyOf(phrases, size);
    tokens = Arrays.copyOf(tokens, size);
    for (int m = 0; m < columns.length; m++) {
      columns[m] = Arrays.copyOf(columns[m], size);
    }
  }
}
