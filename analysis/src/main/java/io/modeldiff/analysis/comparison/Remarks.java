package io.modeldiff.analysis.comparison;

import io.modeldiff.analysis.comparison.ComparisonResult.Terms;
import java.util.ArrayList;
import java.util.List;

/** What must be said beside the numbers, in words. */
final class Remarks {
  private final List<String> remarks = new ArrayList<>();

  private Remarks() {}

  static List<String> of(
      CountEstimate countA,
      CountEstimate countB,
      CountEstimate countAB,
      Terms terms,
      boolean r3Estimable) {
    Remarks r = new Remarks();
    r.count("|X_A|", countA);
    r.count("|X_B|", countB);
    r.count("the overlap |X_A ∩ X_B|", countAB);
    r.count("PD_AB", terms.pdAB());
    r.count("PA_AB", terms.paAB());
    r.count("PA_BA", terms.paBA());
    r.count("PD_BA", terms.pdBA());
    if (!r3Estimable) {
      r.remarks.add(
          "Too few samples of each model lie inside Z under both: the normalisation by the overlap"
              + " (R3) is not estimable here; the absolute and pooled ratios do not need it.");
    }
    return List.copyOf(r.remarks);
  }

  private void count(String name, CountEstimate e) {
    if (!e.observed()) {
      remarks.add(
          e.upperLog10() == null
              ? "No sample was seen of " + name + ": nothing can be said about it."
              : "No sample was seen of " + name + ": only an upper bound is given.");
    } else if (!e.reliable()) {
      remarks.add(
          String.format(
              java.util.Locale.ROOT,
              "%s rests on %.0f effective samples from %d lanes: its error bar is not trustworthy.",
              name,
              e.ess(),
              e.lanes()));
    }
  }
}
