package io.modeldiff.analysis.annotation;

import io.modeldiff.analysis.annotation.PrecisionRecall.Figures;
import io.modeldiff.analysis.comparison.CampaignInput;
import io.modeldiff.analysis.comparison.Comparison;
import io.modeldiff.analysis.comparison.Comparison.Differences;
import io.modeldiff.analysis.comparison.ComparisonSpec;
import io.modeldiff.core.annotation.AnnotationDesign;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.annotation.DesignStratum;
import io.modeldiff.core.annotation.ItemState;
import io.modeldiff.core.annotation.Term;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a project's answers say about the two models (Model-diff, section 3.4, eq. 8 and 9, and
 * "deciding which model is better").
 *
 * @param judged items with a score
 * @param terms figures of each term
 * @param verdict which model agrees more with people
 */
public record AnnotationResults(int judged, Map<Term, Figures> terms, Verdict verdict) {

  /** The side whose disputed inputs people find better. */
  public enum Better {
    A,
    B,
    UNDECIDED
  }

  /**
   * PD_AB holds inputs that A finds likely and B less so; PD_BA the reverse. The model whose own
   * disputed inputs are good more often agrees more with people.
   *
   * @param better decided at 95%
   * @param precisionA of PD_AB; unknown where it was not annotated
   * @param precisionB of PD_BA
   * @param moreAnnotations answers of items like those so far that would decide it with 80% power;
   *     0 if it is decided, null if no number would
   */
  public record Verdict(
      Better better,
      Proportion precisionA,
      Proportion precisionB,
      @Nullable Long moreAnnotations) {}

  /**
   * Numbers of inputs by D, cut where the design and its terms cut: exact counts of every stratum,
   * however narrow it is beside the comparison's own bins.
   */
  public static Differences counts(
      AnnotationDesign design, CampaignInput a, CampaignInput b, ComparisonSpec spec) {
    return Comparison.differences(a, b, spec, cuts(design, "AB"), cuts(design, "BA"));
  }

  private static double[] cuts(AnnotationDesign design, String direction) {
    TreeSet<Double> cuts = new TreeSet<>();
    for (double edge : edges(design, direction)) {
      cuts.add(edge);
    }
    // 0.0 − λ: a negative zero would be an edge of its own.
    cuts.addAll(
        List.of(
            Double.NEGATIVE_INFINITY,
            0.0 - design.lambda(),
            0.0 + design.lambda(),
            Double.POSITIVE_INFINITY));
    return cuts.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** From the answers so far and the counts. */
  public static AnnotationResults of(AnnotationProject project, Differences counts) {
    AnnotationDesign design = project.defined();
    Map<Term, Figures> figures = new EnumMap<>(Term.class);
    for (String direction : List.of("AB", "BA")) {
      PrecisionRecall side =
          new PrecisionRecall(
              direction.equals("AB") ? counts.ab() : counts.ba(),
              edges(design, direction),
              items(project, direction));
      for (Term term : Term.values()) {
        if (term.direction().equals(direction)) {
          double[] range = term.range(design.lambda());
          figures.put(term, side.over(range[0], range[1]));
        }
      }
    }
    int judged = (int) project.items().stream().filter(i -> i.score().isPresent()).count();
    return new AnnotationResults(judged, figures, verdict(figures));
  }

  private static double[] edges(AnnotationDesign design, String direction) {
    TreeSet<Double> edges = new TreeSet<>();
    for (DesignStratum s : design.strata()) {
      if (s.direction().equals(direction)) {
        edges.add(0.0 + s.from());
        edges.add(0.0 + s.to());
      }
    }
    return edges.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static List<AnnotatedItem> items(AnnotationProject project, String direction) {
    List<AnnotatedItem> items = new ArrayList<>();
    for (ItemState item : project.items()) {
      int draws = item.item().multiplicity(project.defined().strata(), direction);
      OptionalDouble score = item.score();
      if (draws > 0 && score.isPresent()) {
        items.add(
            new AnnotatedItem(
                item.item().difference(), Math.min(1, Math.max(0, score.getAsDouble())), draws));
      }
    }
    return items;
  }

  private static Verdict verdict(Map<Term, Figures> figures) {
    Proportion a = precision(figures, Term.PD_AB);
    Proportion b = precision(figures, Term.PD_BA);
    Double valueA = a.value();
    Double valueB = b.value();
    Long more = PrecisionRecall.moreAnnotations(a, b);
    if (more == null || more != 0 || valueA == null || valueB == null) {
      return new Verdict(Better.UNDECIDED, a, b, more);
    }
    return new Verdict(valueA > valueB ? Better.A : Better.B, a, b, more);
  }

  private static Proportion precision(Map<Term, Figures> figures, Term term) {
    Figures found = figures.get(term);
    return found == null ? Proportion.unknown() : found.precision();
  }
}
