package io.modeldiff.web.live;

import io.modeldiff.analysis.comparison.ComparisonResult;
import io.modeldiff.analysis.comparison.CountEstimate;
import io.modeldiff.analysis.comparison.Histogram;
import io.modeldiff.analysis.diagnostics.Discrepancy;
import io.modeldiff.web.service.ComparisonService.Headline;
import io.modeldiff.web.service.ComparisonService.Ratio;
import io.modeldiff.web.service.Curve;
import io.modeldiff.web.service.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The estimators' records as services answer them. */
final class Estimates {
  private Estimates() {}

  static Estimate estimate(CountEstimate count) {
    return new Estimate(count.log10(), count.relSe(), count.upperLog10());
  }

  static Curve curve(Histogram histogram) {
    List<@Nullable Double> log10 = new ArrayList<>();
    List<@Nullable Double> relSe = new ArrayList<>();
    for (CountEstimate bin : histogram.bins()) {
      log10.add(bin.log10());
      relSe.add(bin.relSe());
    }
    List<Double> edges = Arrays.stream(histogram.edges()).boxed().toList();
    return new Curve(edges.isEmpty() ? List.of(0.0) : edges, log10, relSe);
  }

  static Ratio ratio(ComparisonResult r) {
    return new Ratio(
        values(r.pooled()),
        errors(r.pooled()),
        values(r.absolute()),
        errors(r.absolute()),
        values(r.r3()),
        errors(r.r3()));
  }

  private static List<@Nullable Double> values(ComparisonResult.Ratio ratio) {
    List<@Nullable Double> values = new ArrayList<>();
    ratio.terms().forEach(t -> values.add(t.value()));
    return values;
  }

  private static List<@Nullable Double> errors(ComparisonResult.Ratio ratio) {
    List<@Nullable Double> errors = new ArrayList<>();
    ratio.terms().forEach(t -> errors.add(t.se()));
    return errors;
  }

  /** PD_AB / |X_A|; its error ignores that both counts share samples, so it is never too small. */
  static @Nullable Headline headline(ComparisonResult r) {
    Double all = r.countA().log();
    Double part = r.terms().pdAB().log();
    if (all == null) {
      return null;
    }
    double share = part == null ? 0 : Math.min(1, Math.exp(part - all));
    Double seAll = r.countA().relSe();
    Double sePart = r.terms().pdAB().relSe();
    double relative = Math.hypot(seAll == null ? 0 : seAll, sePart == null ? 0 : sePart);
    return new Headline(estimate(r.countA()), share, share * relative);
  }

  static io.modeldiff.web.service.ComparisonService.@Nullable Measured measured(
      @Nullable Discrepancy d) {
    Double se = d == null ? null : d.se();
    return d == null || se == null
        ? null
        : new io.modeldiff.web.service.ComparisonService.Measured(d.value(), se);
  }
}
