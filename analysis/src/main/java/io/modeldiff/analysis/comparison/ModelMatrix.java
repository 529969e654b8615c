package io.modeldiff.analysis.comparison;

import io.modeldiff.analysis.comparison.ComparisonResult.RatioTerm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several models, pairwise: entry (i, j) is the share of model i's inputs on which j disagrees
 * (gives a higher NLL), PD_ij/|X_i|. Every pair stands on absolute counts; no common overlap is
 * needed.
 *
 * @param models names, in order
 * @param disagreement shares by row and column; null on the diagonal and for pairs not compared
 * @param counts |X_i| from the first comparison that has it
 */
public record ModelMatrix(
    List<String> models,
    List<List<@Nullable RatioTerm>> disagreement,
    List<@Nullable CountEstimate> counts) {

  /** A comparison of two of the models, by index; a is the first model of the result. */
  public record Pair(int a, int b, ComparisonResult result) {}

  /** Assembles the matrix. */
  public static ModelMatrix of(List<String> models, List<Pair> pairs) {
    List<List<@Nullable RatioTerm>> rows = new ArrayList<>();
    List<@Nullable CountEstimate> counts = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      List<@Nullable RatioTerm> row = new ArrayList<>();
      @Nullable CountEstimate count = null;
      for (int j = 0; j < models.size(); j++) {
        row.add(share(pairs, i, j));
      }
      for (Pair p : pairs) {
        if (count == null && (p.a() == i || p.b() == i)) {
          count = p.a() == i ? p.result().countA() : p.result().countB();
        }
      }
      rows.add(java.util.Collections.unmodifiableList(row));
      counts.add(count);
    }
    return new ModelMatrix(
        List.copyOf(models),
        java.util.Collections.unmodifiableList(rows),
        java.util.Collections.unmodifiableList(counts));
  }

  private static @Nullable RatioTerm share(List<Pair> pairs, int i, int j) {
    for (Pair p : pairs) {
      if (p.a() == i && p.b() == j) {
        return p.result().shares().pdAB();
      }
      if (p.b() == i && p.a() == j) {
        return p.result().shares().pdBA();
      }
    }
    return null;
  }
}
