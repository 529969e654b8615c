package io.modeldiff.web.result;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.result.ComparisonDocument.ByReference;
import io.modeldiff.web.result.ComparisonDocument.Share;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Several models, from the comparisons of pairs of them. Every pair stands on absolute counts, so
 * that no common overlap is needed.
 *
 * @param models names, in the order in which the comparisons bring them
 * @param counts |X_i|, from the first comparison that holds it
 * @param disagreement row i, column j: PD_ij/|X_i|, the share of model i's inputs that j finds less
 *     likely; null on the diagonal and for pairs that were not compared
 * @param references the paper's Appendix B as a check, one entry per comparison whose overlap
 *     allows it
 */
public record Matrix(
    List<String> models,
    List<Count> counts,
    List<List<@Nullable Share>> disagreement,
    List<Reference> references) {

  /**
   * B's terms from absolute counts and by way of A (eq. 16 and 17).
   *
   * @param paBA log of absolute over by-reference PA_BA, and its standard error if both errors were
   *     independent, which is too large as they share samples
   * @param pdBA the same for PD_BA
   */
  public record Reference(
      String comparison, String model, String by, @Nullable Off paBA, @Nullable Off pdBA) {}

  /** A log ratio of two counts and its standard error. */
  public record Off(double log, double se) {}

  /**
   * The matrix of some comparisons.
   *
   * @throws UserException when they are not over one input space, Z and λ
   */
  public static Matrix of(List<ComparisonDocument> documents) {
    Map<String, Count> counts = new LinkedHashMap<>();
    Map<String, Share> shares = new LinkedHashMap<>();
    List<Reference> references = new ArrayList<>();
    TreeSet<String> spaces = new TreeSet<>();
    for (ComparisonDocument d : documents) {
      spaces.add("N = " + d.length() + ", Z = " + d.z() + ", λ = " + d.lambda());
      counts.putIfAbsent(d.models().A(), d.countA());
      counts.putIfAbsent(d.models().B(), d.countB());
      shares.put(d.models().A() + "\n" + d.models().B(), d.shares().pdAB());
      shares.put(d.models().B() + "\n" + d.models().A(), d.shares().pdBA());
      ByReference by = d.byReference();
      if (by != null) {
        references.add(
            new Reference(
                d.comparison(),
                d.models().B(),
                d.models().A(),
                off(d.terms().paBA(), by.paBA()),
                off(d.terms().pdBA(), by.pdBA())));
      }
    }
    if (spaces.size() != 1) {
      throw UserException.badInput(
          "A matrix needs comparisons over one input space, Z and λ, but these are over "
              + String.join("; ", spaces)
              + ".");
    }
    List<String> models = List.copyOf(counts.keySet());
    List<List<@Nullable Share>> rows = new ArrayList<>();
    for (String row : models) {
      List<@Nullable Share> cells = new ArrayList<>();
      for (String column : models) {
        cells.add(shares.get(row + "\n" + column));
      }
      rows.add(Collections.unmodifiableList(cells));
    }
    return new Matrix(models, List.copyOf(counts.values()), rows, references);
  }

  private static @Nullable Off off(Count absolute, Count reference) {
    Double x = absolute.log10();
    Double y = reference.log10();
    Double seX = absolute.relSe();
    Double seY = reference.relSe();
    return x == null || y == null || seX == null || seY == null
        ? null
        : new Off((x - y) * Math.log(10), Math.hypot(seX, seY));
  }
}
