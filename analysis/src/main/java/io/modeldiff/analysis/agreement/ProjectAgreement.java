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
    long seed = project.design() == null ? 1 : project.defined().seed();
    return of(project.items().stream().map(ProjectAgreement::scores).toList(), seed);
  }

  private static Map<String, Double> scores(ItemState item) {
    Map<String, Double> scores = new TreeMap<>();
    for (Answer answer : item.answers()) {
      Double score = answer.score();
      if (answer.counted() && score != null) {
        scores.put(answer.by(), score);
      }
    }
    return scores;
  }

  /**
   * From scores on any scale.
   *
   * @param items for each item the scores by person
   * @param seed of the intervals' bootstrap
   */
  public static ProjectAgreement of(List<Map<String, Double>> items, long seed) {
    List<double[]> units =
        items.stream()
            .map(i -> i.values().stream().mapToDouble(Double::doubleValue).toArray())
            .toList();
    return new ProjectAgreement(
        KrippendorffAlpha.of(units, Metric.NOMINAL, seed),
        KrippendorffAlpha.of(units, Metric.ORDINAL, seed),
        KrippendorffAlpha.of(units, Metric.INTERVAL, seed),
        pairs(items));
  }

  private static List<PairKappa> pairs(List<Map<String, Double>> items) {
    TreeSet<String> people = new TreeSet<>();
    items.forEach(i -> people.addAll(i.keySet()));
    List<PairKappa> pairs = new ArrayList<>();
    for (String first : people) {
      for (String second : people.tailSet(first, false)) {
        List<Map<String, Double>> both =
            items.stream().filter(i -> i.containsKey(first) && i.containsKey(second)).toList();
        if (!both.isEmpty()) {
          pairs.add(new PairKappa(first, second, kappa(both, first, second)));
        }
      }
    }
    return List.copyOf(pairs);
  }

  private static AgreementFigure kappa(
      List<Map<String, Double>> items, String first, String second) {
    return CohenKappa.of(
        items.stream().mapToDouble(i -> i.getOrDefault(first, 0.0)).toArray(),
        items.stream().mapToDouble(i -> i.getOrDefault(second, 0.0)).toArray());
  }
}
