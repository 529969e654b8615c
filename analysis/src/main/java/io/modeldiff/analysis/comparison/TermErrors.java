package io.modeldiff.analysis.comparison;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The relative error that a target is held against: the largest of |X_A|, |X_B| and those PD/PA
 * terms that make up a twentieth of their set or more. Smaller terms are reported with the errors
 * that they have; waiting for a term of a millionth of the set would take for ever.
 */
public final class TermErrors {
  /** Share of its set from which on a term has to reach the target. */
  public static final double LEAST_SHARE = 0.05;

  private TermErrors() {}

  /** The largest relative standard error; null where one is unknown or a set was never seen. */
  public static @Nullable Double largest(ComparisonResult result) {
    List<CountEstimate> held = new ArrayList<>(List.of(result.countA(), result.countB()));
    addLarge(held, result.countA(), result.terms().pdAB(), result.terms().paAB());
    addLarge(held, result.countB(), result.terms().paBA(), result.terms().pdBA());
    double largest = 0;
    for (CountEstimate count : held) {
      Double se = count.relSe();
      if (!count.observed() || se == null) {
        return null;
      }
      largest = Math.max(largest, se);
    }
    return largest;
  }

  private static void addLarge(List<CountEstimate> held, CountEstimate set, CountEstimate... of) {
    Double whole = set.log10();
    for (CountEstimate term : of) {
      Double part = term.log10();
      if (whole != null && part != null && part - whole >= Math.log10(LEAST_SHARE)) {
        held.add(term);
      }
    }
  }
}
