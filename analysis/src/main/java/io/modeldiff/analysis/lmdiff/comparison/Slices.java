package io.modeldiff.analysis.lmdiff.comparison;

import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.analysis.lmdiff.measure.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A corpus mean for each value of a metadata column. */
public final class Slices {
  private Slices() {}

  /** The mean of one slice. */
  public record Slice(String value, CorpusMeans means) {}

  /** Means by value of the column, largest slice first. */
  public static List<Slice> by(
      ComparisonTable table, Corpus corpus, String column, Measure measure, long seed) {
    int index = RowFilter.columnIndex(corpus, column);
    double[] values = table.column(measure);
    Map<String, List<Double>> groups = new TreeMap<>();
    for (int row = 0; row < table.rows(); row++) {
      String value = corpus.get(table.phrases()[row]).columns().get(index);
      groups.computeIfAbsent(value, v -> new ArrayList<>()).add(values[row]);
    }
    return groups.entrySet().stream()
        .map(
            e ->
                new Slice(
                    e.getKey(),
                    CorpusMeans.of(
                        e.getValue().stream().mapToDouble(Double::doubleValue).toArray(), seed)))
        .sorted(Comparator.comparingInt((Slice s) -> -s.means().phrases()))
        .toList();
  }
}
