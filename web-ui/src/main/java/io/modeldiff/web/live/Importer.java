package io.modeldiff.web.live;

import io.modeldiff.core.annotation.AnnotationDesign;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.annotation.Guidelines;
import io.modeldiff.core.annotation.ItemState;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.replica.annotation.AnnotationRequest;
import io.modeldiff.replica.annotation.AnnotationRequest.Judged;
import io.modeldiff.replica.api.Annotations;
import io.modeldiff.web.platform.RunningPlatform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates a project from one that was read from a file, in parts that fit into messages. */
final class Importer {
  private final Annotations annotations;
  private final String id;
  private final Cause cause;

  Importer(Annotations annotations, String id, Cause cause) {
    this.annotations = annotations;
    this.id = id;
    this.cause = cause;
  }

  void load(AnnotationProject read, @Nullable String name, int atOnce) {
    List<Guidelines> guidelines = read.guidelines();
    RunningPlatform.await(
        annotations.create(id, named(read.defined(), name), guidelines.get(0).text(), cause));
    for (Guidelines next : guidelines.subList(1, guidelines.size())) {
      ask(
          new AnnotationRequest.ReviseGuidelines(
              next.text(), LiveAnnotations.part(cause, "guidelines-" + next.version())));
    }
    for (int from = 0; from < read.items().size(); from += atOnce) {
      List<ItemState> part =
          read.items().subList(from, Math.min(read.items().size(), from + atOnce));
      // The draws were made by whoever made the file: the last part says how many.
      int draws = from + atOnce >= read.items().size() ? read.draws() : 0;
      ask(
          new AnnotationRequest.AddItems(
              part.stream().map(ItemState::item).toList(),
              draws,
              0,
              LiveAnnotations.part(cause, "items-" + from)));
      ask(
          new AnnotationRequest.Import(
              part.stream().map(Importer::judged).toList(),
              LiveAnnotations.part(cause, "answers-" + from)));
    }
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

  private void ask(AnnotationRequest request) {
    RunningPlatform.await(annotations.ask(id, request));
  }
}
