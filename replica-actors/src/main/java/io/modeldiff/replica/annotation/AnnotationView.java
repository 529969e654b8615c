package io.modeldiff.replica.annotation;

import io.modeldiff.core.annotation.AnnotationDesign;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.annotation.Answer;
import io.modeldiff.core.annotation.Guidelines;
import io.modeldiff.core.annotation.ItemState;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.serialization.CborSerializable;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How far a project is.
 *
 * @param items how many there are
 * @param draws draws per stratum so far
 * @param complete items with as many counted answers as wanted
 * @param answers counted answers
 * @param unjudged counted answers that say "cannot judge"
 * @param late answers that came after their lease had ended
 * @param aside late ones that found no place
 * @param flagged items that a reviewer is asked to see
 * @param disputed items on which people differ and no reviewer has spoken
 * @param adjudicated items with a reviewer's word
 * @param people counted answers by person
 */
public record AnnotationView(
    String project,
    AnnotationDesign design,
    Cause created,
    Guidelines guidelines,
    int items,
    int draws,
    int complete,
    int answers,
    int unjudged,
    int late,
    int aside,
    int flagged,
    int disputed,
    int adjudicated,
    Map<String, Integer> people)
    implements CborSerializable {

  /** The view of a project that exists. */
  public static AnnotationView of(AnnotationProject p) {
    AnnotationDesign design = p.defined();
    int[] n = new int[8];
    Map<String, Integer> people = new TreeMap<>();
    for (ItemState item : p.items()) {
      int counted = 0;
      for (Answer answer : item.answers()) {
        n[3] += answer.late() ? 1 : 0;
        if (answer.counted()) {
          counted++;
          n[2] += answer.score() == null ? 1 : 0;
          people.merge(answer.by(), 1, Integer::sum);
        } else {
          n[4]++;
        }
      }
      n[0] += counted >= design.overlap() ? 1 : 0;
      n[1] += counted;
      n[5] += item.flags().isEmpty() ? 0 : 1;
      n[6] += item.disputed() ? 1 : 0;
      n[7] += item.adjudication() == null ? 0 : 1;
    }
    return new AnnotationView(
        p.project(),
        design,
        Objects.requireNonNull(p.created()),
        p.currentGuidelines(),
        p.items().size(),
        p.draws(),
        n[0],
        n[1],
        n[2],
        n[3],
        n[4],
        n[5],
        n[6],
        n[7],
        people);
  }

  /** Answers that the design asks for. */
  public int wanted() {
    return items * design.overlap();
  }
}
