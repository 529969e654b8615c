package io.modeldiff.analysis.agreement;

import io.modeldiff.analysis.agreement.KrippendorffAlpha.Metric;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.annotation.Answer;
import io.modeldiff.core.annotation.ItemState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far a project's annotators agree, before any review. "Cannot judge" is a gap.
 *
 * @param nominal Krippendorff's alpha, scores equal or not
 * @param ordinal the same by rank
 * @param interval the same by difference
 * @param pairs Cohen's kappa of every two people who share items
 */
public record ProjectAgreement(
    AgreementFigure nominal,
    AgreementFigure ordinal,
    AgreementFigure interval,
    List<PairKappa> pairs) {

  /** Cohen's kappa of two people over the items that both scored. */
  public record PairKappa(String first, String second, AgreementFigure kappa) {}

  /** From the counted answers so far. */
  public static ProjectAgreement of(AnnotationProject project) {
    List<double[]> units = project.items().stream().map(ItemState::scores).toList();
    long seed = project.design() == null ? 1 : project.defined().seed();
    return new ProjectAgreement(
        KrippendorffAlpha.of(units, Metric.NOMINAL, seed),
        KrippendorffAlpha.of(units, Metric.ORDINAL, seed),
        KrippendorffAlpha.of(units, Metric.INTERVAL, seed),
        pairs(project));
  }

  private static List<PairKappa> pairs(AnnotationProject project) {
    List<Map<String, Double>> rows = new ArrayList<>();
    TreeSet<String> people = new TreeSet<>();
    for (ItemState item : project.items()) {
      Map<String, Double> row = new TreeMap<>();
      for (Answer answer : item.answers()) {
        Double score = answer.score();
        if (answer.counted() && score != null) {
          row.put(answer.by(), score);
          people.add(answer.by());
        }
      }
      rows.add(row);
    }
    List<PairKappa> pairs = new ArrayList<>();
    for (String first : people) {
      for (String second : people.tailSet(first, false)) {
        List<Map<String, Double>> both =
            rows.stream().filter(r -> r.containsKey(first) && r.containsKey(second)).toList();
        if (!both.isEmpty()) {
          pairs.add(new PairKappa(first, second, kappa(both, first, second)));
        }
      }
    }
    return List.copyOf(pairs);
  }

  private static AgreementFigure kappa(
      List<Map<String, Double>> rows, String first, String second) {
    return CohenKappa.of(
        rows.stream().mapToDouble(r -> r.getOrDefault(first, 0.0)).toArray(),
        rows.stream().mapToDouble(r -> r.getOrDefault(second, 0.0)).toArray());
  }
}
