package io.modeldiff.web.result;

import io.modeldiff.analysis.comparison.ComparisonResult.Terms;
import io.modeldiff.analysis.comparison.ComparisonResult.TermsAt;
import io.modeldiff.analysis.comparison.CountEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The four terms along an axis: λ, or the upper end of Z.
 *
 * @param at values of the axis, nats per token, ascending
 * @param pdAB PD_AB at each
 * @param paAB PA_AB at each
 * @param paBA PA_BA at each
 * @param pdBA PD_BA at each
 */
public record Sweep(List<Double> at, Line pdAB, Line paAB, Line paBA, Line pdBA) {
  /** log10 of a count and its relative standard error; null where nothing was observed. */
  public record Line(List<@Nullable Double> log10, List<@Nullable Double> relSe) {}

  /** From the estimators. */
  public static Sweep of(List<TermsAt> points) {
    return new Sweep(
        points.stream().map(TermsAt::at).toList(),
        line(points, Terms::pdAB),
        line(points, Terms::paAB),
        line(points, Terms::paBA),
        line(points, Terms::pdBA));
  }

  private static Line line(List<TermsAt> points, Function<Terms, CountEstimate> term) {
    List<@Nullable Double> log10 = new ArrayList<>();
    List<@Nullable Double> relSe = new ArrayList<>();
    for (TermsAt point : points) {
      CountEstimate e = term.apply(point.terms());
      log10.add(e.log10());
      relSe.add(e.relSe());
    }
    return new Line(log10, relSe);
  }

  /** The four lines in the order of the paper. */
  public List<Line> lines() {
    return List.of(pdAB, paAB, paBA, pdBA);
  }
}
