package io.modeldiff.replica.annotation;

import io.modeldiff.core.annotation.AnnotationDesign;
import io.modeldiff.core.annotation.AnnotationItem;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.annotation.DesignStratum;
import io.modeldiff.core.annotation.Term;
import io.modeldiff.core.campaign.Cause;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Small projects for tests. */
final class Projects {
  static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

  private Projects() {}

  static AnnotationDesign design(int overlap, int leaseSeconds) {
    return new AnnotationDesign(
        "test",
        "x1",
        List.of(Term.PD_AB),
        0,
        List.of(new DesignStratum("AB", null, 0.0)),
        4,
        4,
        overlap,
        true,
        1,
        leaseSeconds);
  }

  static List<AnnotationItem> items(int n) {
    return IntStream.range(0, n)
        .mapToObj(
            i ->
                new AnnotationItem(
                    "i" + i,
                    List.of(i),
                    "text " + i,
                    1,
                    1.5,
                    List.of(new AnnotationItem.Draw(0, 1, n, 0.1, 2))))
        .toList();
  }

  static Cause cause(String id) {
    return new Cause("operator", "", START, id);
  }

  static AnnotationProject of(int items, int overlap, int leaseSeconds) {
    AnnotationProject project = AnnotationProject.none("p");
    project =
        Decisions.of(
                project,
                new AnnotationRequest.Create(design(overlap, leaseSeconds), "Score.", cause("c")),
                START)
            .after();
    return Decisions.of(
            project, new AnnotationRequest.AddItems(items(items), 4, 0, cause("d")), START)
        .after();
  }
}
