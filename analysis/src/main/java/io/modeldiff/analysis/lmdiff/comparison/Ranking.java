package io.modeldiff.analysis.lmdiff.comparison;

import io.modeldiff.analysis.lmdiff.measure.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;

/**
 * The phrases where the models differ the most (LMdiff, section 2.2). Equal values keep corpus
 * order.
 */
public final class Ranking {
  /** How many snippets the paper shows. */
  public static final int DEFAULT_K = 50;

  private Ranking() {}

  /** What comes first. */
  public enum Order {
    /** Largest first. */
    DESCENDING,
    /** Smallest first. */
    ASCENDING
  }

  /**
   * One ranked phrase.
   *
   * @param row its row in the table
   * @param phrase its index in the corpus
   * @param value its measure, signed
   */
  public record Ranked(int row, int phrase, double value) {}

  /**
   * The first k phrases.
   *
   * @param magnitude rank by |value| instead of the signed value
   * @param keep which rows may appear
   */
  public static List<Ranked> top(
      ComparisonTable table,
      Measure measure,
      Order order,
      boolean magnitude,
      int k,
      IntPredicate keep) {
    double[] values = table.column(measure);
    double sign = order == Order.DESCENDING ? -1 : 1;
    Comparator<Ranked> firstBest =
        Comparator.<Ranked>comparingDouble(
                r -> sign * (magnitude ? Math.abs(r.value()) : r.value()))
            .thenComparingInt(Ranked::row);
    PriorityQueue<Ranked> worst = new PriorityQueue<>(firstBest.reversed());
    for (int row = 0; row < values.length; row++) {
      if (k > 0 && !Double.isNaN(values[row]) && keep.test(row)) {
        Ranked candidate = new Ranked(row, table.phrases()[row], values[row]);
        if (worst.size() < k) {
          worst.add(candidate);
        } else if (firstBest.compare(candidate, worst.peek()) < 0) {
          worst.poll();
          worst.add(candidate);
        }
      }
    }
    List<Ranked> ranked = new ArrayList<>(worst);
    ranked.sort(firstBest);
    return ranked;
  }
}
