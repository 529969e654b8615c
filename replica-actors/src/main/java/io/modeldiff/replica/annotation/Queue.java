package io.modeldiff.replica.annotation;

import io.modeldiff.core.annotation.AnnotationDesign;
import io.modeldiff.core.annotation.AnnotationEvent;
import io.modeldiff.core.annotation.AnnotationEvent.LateAnswerCounted;
import io.modeldiff.core.annotation.AnnotationEvent.LeaseGranted;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.annotation.Answer;
import io.modeldiff.core.annotation.ItemState;
import io.modeldiff.core.annotation.Lease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which item a person gets next: a pure function of the project, the person and the time. */
final class Queue {
  private final AnnotationProject project;
  private final AnnotationDesign design;
  private final String by;
  private final Instant now;

  Queue(AnnotationProject project, String by, Instant now) {
    Decisions.requireName(by);
    this.project = project;
    this.design = project.defined();
    this.by = by;
    this.now = now;
  }

  Decision next() {
    List<AnnotationEvent> events = new ArrayList<>(lateAnswersWithAPlace());
    AnnotationProject current = project;
    for (AnnotationEvent event : events) {
      current = current.apply(event);
    }
    ItemState held = held(current);
    ItemState best = held == null ? best(current) : held;
    if (best == null) {
      return new Decision(current, events, nothing(current));
    }
    LeaseGranted lease =
        new LeaseGranted(best.item().id(), by, now, now.plusSeconds(design.leaseSeconds()));
    events.add(lease);
    return new Decision(
        current.apply(lease),
        events,
        new AnnotationReply.Offered(
            best.item(),
            lease.until(),
            current.currentGuidelines().version(),
            best.skippedBy().contains(by),
            null,
            answered(current, by)));
  }

  /** A place whose lease has ended goes to an answer that is there before anybody else is asked. */
  private List<LateAnswerCounted> lateAnswersWithAPlace() {
    List<LateAnswerCounted> counted = new ArrayList<>();
    for (ItemState item : project.items()) {
      int free = item.free(design.overlap(), "", now);
      for (Answer answer : item.answers()) {
        if (!answer.counted() && free > 0) {
          counted.add(new LateAnswerCounted(item.item().id(), answer.by(), now));
          free--;
        }
      }
    }
    return counted;
  }

  /** What the person has on the screen, or had when the connection broke. */
  private @Nullable ItemState held(AnnotationProject current) {
    for (ItemState item : current.items()) {
      Lease lease = item.leaseOf(by);
      if (lease != null && lease.live(now)) {
        return item;
      }
    }
    return null;
  }

  /**
   * Items that the person has not given back come first, then those that others have begun, so that
   * answers complete; then the order of the draws.
   */
  private @Nullable ItemState best(AnnotationProject current) {
    ItemState best = null;
    long rank = Long.MAX_VALUE;
    for (ItemState item : current.items()) {
      int free = item.free(design.overlap(), by, now);
      if (free > 0 && item.answerOf(by) == null) {
        long here = 1000L * Collections.frequency(item.skippedBy(), by) + free;
        if (here < rank) {
          rank = here;
          best = item;
        }
      }
    }
    return best;
  }

  private AnnotationReply nothing(AnnotationProject current) {
    int held = 0;
    Instant first = null;
    for (ItemState item : current.items()) {
      if (item.answerOf(by) == null && item.counted() < design.overlap()) {
        held++;
        for (Lease lease : item.leases()) {
          if (lease.live(now) && (first == null || lease.until().isBefore(first))) {
            first = lease.until();
          }
        }
      }
    }
    int answered = answered(current, by);
    return first == null
        ? new AnnotationReply.NothingLeft(answered)
        : new AnnotationReply.Waiting(held, first, answered);
  }

  static int answered(AnnotationProject project, String person) {
    return (int) project.items().stream().filter(i -> i.answerOf(person) != null).count();
  }
}
