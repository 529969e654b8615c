package io.modeldiff.analysis.lmdiff.comparison;

import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.analysis.lmdiff.measure.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** A corpus mean for each value of a metadata column. */
public final class Slices {
  private Slices() {}

  /** The mean of one slice. */
  public record Slice(String value, CorpusMeans means) {}

  /**
   * How well a measure tells two slices apart: the chance that a phrase of the slice with the
   * larger values exceeds one of the other, ties counting half (the area under the ROC curve, 0.5
   * to 1); empty unless the column has exactly two values.
   */
  public static OptionalDouble auc(
      ComparisonTable table, Corpus corpus, String column, Measure measure) {
    List<List<Double>> groups = List.copyOf(groups(table, corpus, column, measure).values());
    if (groups.size() != 2) {
      return OptionalDouble.empty();
    }
    double[] first = sorted(groups.get(0));
    double[] second = sorted(groups.get(1));
    double wins = 0;
    int below = 0;
    int upTo = 0;
    for (double value : first) {
      while (below < second.length && second[below] < value) {
        below++;
      }
      upTo = Math.max(upTo, below);
      while (upTo < second.length && second[upTo] == value) {
        upTo++;
      }
      wins += below + (upTo - below) / 2.0;
    }
    double auc = wins / ((double) first.length * second.length);
    return OptionalDouble.of(Math.max(auc, 1 - auc));
  }

  private static double[] sorted(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  /** Means by value of the column, largest slice first. */
  public static List<Slice> by(
      ComparisonTable table, Corpus corpus, String column, Measure measure, long seed) {
    return groups(table, corpus, column, measure).entrySet().stream()
        .map(
            e ->
                new Slice(
                    e.getKey(),
                    CorpusMeans.of(
                        e.getValue().stream().mapToDouble(Double::doubleValue).toArray(), seed)))
        .sorted(Comparator.comparingInt((Slice s) -> -s.means().phrases()))
        .toList();
  }

  private static Map<String, List<Double>> groups(
      ComparisonTable table, Corpus corpus, String column, Measure measure) {
    int index = RowFilter.columnIndex(corpus, column);
    double[] values = table.column(measure);
    Map<String, List<Double>> groups = new TreeMap<>();
    for (int row = 0; row < table.rows(); row++) {
      String value = corpus.get(table.phrases()[row]).columns().get(index);
      groups.computeIfAbsent(value, v -> new ArrayList<>()).add(values[row]);
    }
    return groups;
  }
}
