package io.modeldiff.analysis.annotation;

import io.modeldiff.analysis.comparison.CountEstimate;
import io.modeldiff.analysis.comparison.Histogram;
import io.modeldiff.analysis.resampling.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Precision and recall of one term over a range of D (Model-diff, eq. 8 and 9).
 *
 * <pre>  precision = Σ r(D) ρ(D) / Σ ρ(D),   recall = Σ_range r(D) ρ(D) / Σ_all r(D) ρ(D) </pre>
 *
 * where r is the mean score of the items of a stratum of D and ρ the estimated number of inputs.
 * Variance: Σ W_b² p_b(1 − p_b)/n_b over strata, where a stratum's p_b is shrunk towards all
 * strata's as far as they look alike, plus the jackknife variance of the counts with the scores
 * held fixed. The interval is a Beta's with that variance ({@link Proportion#of}).
 */
public final class PrecisionRecall {
  private final Histogram histogram;
  private final double[] strata;
  private final List<AnnotatedItem> items;

  /**
   * @param histogram ρ_{A→B}(D) or ρ_{B→A}(D); exact where its edges hold all that is asked about
   * @param strata edges of the design's strata of D, ascending; items were drawn by weight within
   *     them. D beyond the outer edges was not offered for annotation
   * @param items judged items, in any order; a later top-up only adds to them
   */
  public PrecisionRecall(Histogram histogram, double[] strata, List<AnnotatedItem> items) {
    this.histogram = histogram;
    this.strata = strata.clone();
    this.items = List.copyOf(items);
  }

  /**
   * Precision and recall over low ≤ D &lt; high; use ±∞ for open ends. Ends that cut a histogram
   * bin count it where its middle lies.
   */
  public Figures over(double low, double high) {
    List<Stratum> inside = cut(low, high);
    List<Stratum> outside = new ArrayList<>(cut(Double.NEGATIVE_INFINITY, low));
    outside.addAll(cut(high, Double.POSITIVE_INFINITY));
    return new Figures(
        precision(inside), recall(inside, outside), truePositives(inside), rates(low, high));
  }

  /** r(D) per stratum. */
  private List<Rate> rates(double low, double high) {
    List<Rate> rates = new ArrayList<>();
    for (int i = 0; i + 1 < strata.length; i++) {
      double from = Math.max(low, strata[i]);
      double to = Math.min(high, strata[i + 1]);
      if (from < to) {
        Stratum one = stratum(from, to);
        if (!one.empty()) {
          rates.add(new Rate(from, to, precision(List.of(one))));
        }
      }
    }
    return List.copyOf(rates);
  }

  private List<Stratum> cut(double low, double high) {
    List<Stratum> parts = new ArrayList<>();
    if (!(low < high)) {
      return parts;
    }
    double previous = Double.NEGATIVE_INFINITY;
    for (int i = 0; i <= strata.length; i++) {
      double next = i < strata.length ? strata[i] : Double.POSITIVE_INFINITY;
      double from = Math.max(low, previous);
      double to = Math.min(high, next);
      if (from < to) {
        Stratum part = stratum(from, to);
        if (!part.empty()) {
          parts.add(part);
        }
      }
      previous = next;
    }
    return parts;
  }

  private Stratum stratum(double from, double to) {
    List<AnnotatedItem> here =
        items.stream().filter(i -> i.difference() >= from && i.difference() < to).toList();
    return Stratum.of(histogram, from, to, here);
  }

  private Proportion precision(List<Stratum> parts) {
    Weighted w = Weighted.of(parts);
    if (w == null) {
      return Proportion.unknown();
    }
    double[] values = new double[histogram.jackknife().width()];
    Arrays.setAll(values, w::precision);
    Spread sampling = histogram.jackknife().spread(values);
    return Proportion.of(
        values[0],
        w.smoothed(),
        w.annotationVariance(),
        sampling == null ? 0 : sampling.se() * sampling.se(),
        w.items(),
        w.unannotatedShare());
  }

  private Proportion recall(List<Stratum> inside, List<Stratum> outside) {
    Weighted in = Weighted.of(inside);
    Weighted out = Weighted.of(outside);
    if (in == null || out == null || in.positives(0) + out.positives(0) == 0) {
      return Proportion.unknown();
    }
    double unit = Math.exp(out.scale() - in.scale());
    double[] values = new double[histogram.jackknife().width()];
    Arrays.setAll(values, r -> in.positives(r) / (in.positives(r) + unit * out.positives(r)));
    double massOut = unit * out.mass(0);
    double smoothIn = in.smoothed() * in.mass(0);
    double smoothOut = out.smoothed() * massOut;
    double total = smoothIn + smoothOut;
    double share = smoothIn / total;
    // Delta method: strata inside and outside were scored independently.
    double annotation =
        Math.pow(smoothOut * in.mass(0) / (total * total), 2) * in.annotationVariance()
            + Math.pow(smoothIn * massOut / (total * total), 2) * out.annotationVariance();
    Spread sampling = histogram.jackknife().spread(values);
    return Proportion.of(
        values[0],
        share,
        annotation,
        sampling == null ? 0 : sampling.se() * sampling.se(),
        in.items() + out.items(),
        Math.max(in.unannotatedShare(), out.unannotatedShare()));
  }

  /** Σ r(D) ρ(D): the number of inputs that people agree with, to which recall is proportional. */
  private CountEstimate truePositives(List<Stratum> parts) {
    Weighted w = Weighted.of(parts);
    if (w == null || w.positives(0) == 0) {
      return new CountEstimate(null, null, null, null, null, 0, 0, w == null ? 0 : w.items());
    }
    double[] logs = new double[histogram.jackknife().width()];
    Arrays.setAll(logs, r -> Math.log(w.positives(r)) + w.scale());
    Spread sampling = histogram.jackknife().relative(logs);
    double precision = w.precision(0);
    double annotation = w.annotationVariance() / (precision * precision);
    double se = Math.sqrt(annotation + (sampling == null ? 0 : sampling.se() * sampling.se()));
    double half = sampling == null ? 1.96 * se : se / sampling.se() * sampling.half95();
    return new CountEstimate(
        logs[0],
        se,
        logs[0] - half,
        logs[0] + half,
        null,
        w.items(),
        histogram.jackknife().width() - 1,
        w.items());
  }

  /**
   * All figures of a range.
   *
   * @param precision eq. 8
   * @param recall share of all good inputs of the set that lie in the range; unknown unless the
   *     rest was annotated too
   * @param truePositives Σ r ρ of eq. 9, comparable between the terms of one set
   * @param rates r(D) per stratum
   */
  public record Figures(
      Proportion precision, Proportion recall, CountEstimate truePositives, List<Rate> rates) {}

  /** Mean score in [low, high) of D. */
  public record Rate(double low, double high, Proportion score) {}

  /**
   * How many more annotations, spread like those so far, would tell two precisions apart at 95%
   * with 80% power; 0 if they are apart already, null if no number of annotations would (the counts
   * themselves are too uncertain, or the precisions are equal).
   */
  public static @Nullable Long moreAnnotations(Proportion x, Proportion y) {
    if (x.value() == null || y.value() == null) {
      return null;
    }
    double difference = Math.abs(x.value() - y.value());
    double annotation = x.annotationVariance() + y.annotationVariance();
    double sampling = x.samplingVariance() + y.samplingVariance();
    if (difference > 1.96 * Math.sqrt(annotation + sampling)) {
      return 0L;
    }
    double quantiles = 1.96 + 0.8416;
    double room = Math.pow(difference / quantiles, 2) - sampling;
    if (room <= 0) {
      return null;
    }
    int items = x.items() + y.items();
    return (long) Math.ceil(items * (annotation / room - 1));
  }
}
