package io.modeldiff.web.live;

import io.modeldiff.core.annotation.AnnotationDesign;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.annotation.Guidelines;
import io.modeldiff.core.annotation.ItemState;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.replica.annotation.AnnotationRequest;
import io.modeldiff.replica.annotation.AnnotationRequest.Judged;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From a project that was read from a file to the requests that make a copy, in parts that fit into
 * messages. Guidelines keep who wrote them and when.
 */
final class Importer {
  private static final int AT_ONCE = 500;

  private final AnnotationProject read;
  private final Cause cause;

  /**
   * @param read the project of the file
   * @param cause who imports it
   */
  Importer(AnnotationProject read, Cause cause) {
    this.read = read;
    this.cause = cause;
  }

  /** The first request. */
  AnnotationRequest.Create create(@Nullable String name) {
    Guidelines first = read.guidelines().get(0);
    return new AnnotationRequest.Create(named(read.defined(), name), first.text(), first.cause());
  }

  /** All that follow, in order. */
  List<AnnotationRequest> rest() {
    List<AnnotationRequest> requests = new ArrayList<>();
    for (Guidelines next : read.guidelines().subList(1, read.guidelines().size())) {
      requests.add(new AnnotationRequest.ReviseGuidelines(next.text(), next.cause()));
    }
    for (int from = 0; from < read.items().size(); from += AT_ONCE) {
      int to = Math.min(read.items().size(), from + AT_ONCE);
      List<ItemState> part = read.items().subList(from, to);
      // The draws were made by whoever made the file: the last part says how many.
      requests.add(
          new AnnotationRequest.AddItems(
              part.stream().map(ItemState::item).toList(),
              to == read.items().size() ? read.draws() : 0,
              0,
              LiveAnnotations.part(cause, "items-" + from)));
      requests.add(
          new AnnotationRequest.Import(
              part.stream().map(Importer::judged).toList(),
              LiveAnnotations.part(cause, "answers-" + from)));
    }
    return requests;
  }

  private static AnnotationDesign named(AnnotationDesign d, @Nullable String name) {
    return name == null || name.isBlank()
        ? d
        : new AnnotationDesign(
            name,
            d.comparison(),
            d.terms(),
            d.lambda(),
            d.strata(),
            d.perBin(),
            d.steps(),
            d.overlap(),
            d.blind(),
            d.seed(),
            d.leaseSeconds());
  }

  private static Judged judged(ItemState item) {
    return new Judged(item.item().id(), item.answers(), item.flags(), item.adjudication());
  }
}
