package io.modeldiff.core.annotation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.serialization.CborSerializable;
import java.time.Instant;
import java.util.List;

/** What happened in an annotation project. Nothing is ever taken back but by a further event. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AnnotationEvent.ProjectCreated.class, name = "project-created"),
  @JsonSubTypes.Type(value = AnnotationEvent.ItemsDrawn.class, name = "items-drawn"),
  @JsonSubTypes.Type(value = AnnotationEvent.GuidelinesRevised.class, name = "guidelines-revised"),
  @JsonSubTypes.Type(value = AnnotationEvent.LeaseGranted.class, name = "lease-granted"),
  @JsonSubTypes.Type(value = AnnotationEvent.LeaseRenewed.class, name = "lease-renewed"),
  @JsonSubTypes.Type(value = AnnotationEvent.Answered.class, name = "answered"),
  @JsonSubTypes.Type(value = AnnotationEvent.AnswerRevised.class, name = "answer-revised"),
  @JsonSubTypes.Type(value = AnnotationEvent.AnswerWithdrawn.class, name = "answer-withdrawn"),
  @JsonSubTypes.Type(value = AnnotationEvent.LateAnswerCounted.class, name = "late-answer-counted"),
  @JsonSubTypes.Type(value = AnnotationEvent.Skipped.class, name = "skipped"),
  @JsonSubTypes.Type(value = AnnotationEvent.Flagged.class, name = "flagged"),
  @JsonSubTypes.Type(value = AnnotationEvent.FlagCleared.class, name = "flag-cleared"),
  @JsonSubTypes.Type(value = AnnotationEvent.Adjudicated.class, name = "adjudicated")
})
public sealed interface AnnotationEvent extends CborSerializable {

  /** The project exists. */
  record ProjectCreated(String project, AnnotationDesign design, String guidelines, Cause cause)
      implements AnnotationEvent {}

  /**
   * Items were added: the first ones, a top-up, or part of an import. Those that are there already
   * get the new draws.
   *
   * @param perBin draws per stratum that this was part of; 0 for an import
   */
  record ItemsDrawn(List<AnnotationItem> items, int perBin, Cause cause)
      implements AnnotationEvent {
    public ItemsDrawn {
      items = List.copyOf(items);
    }
  }

  /** The guidelines changed. */
  record GuidelinesRevised(Guidelines guidelines) implements AnnotationEvent {}

  /** Something about one item. */
  sealed interface ItemEvent extends AnnotationEvent {
    /** The item's id. */
    String item();
  }

  /** A person got an item; leases that had ended by then are over. */
  record LeaseGranted(String item, String by, Instant at, Instant until) implements ItemEvent {}

  /** The person is still at it. */
  record LeaseRenewed(String item, String by, Instant at, Instant until) implements ItemEvent {}

  /** A person's first answer to an item; the lease ends with it. */
  record Answered(String item, Answer answer) implements ItemEvent {}

  /** A person changed an answer. */
  record AnswerRevised(String item, Answer answer) implements ItemEvent {}

  /** A person took an answer back. */
  record AnswerWithdrawn(String item, String by, String requestId, Instant at)
      implements ItemEvent {}

  /** A late answer takes a place that has become free. */
  record LateAnswerCounted(String item, String by, Instant at) implements ItemEvent {}

  /** A person gave an item back unanswered. */
  record Skipped(String item, String by, String requestId, Instant at) implements ItemEvent {}

  /** A person wants a reviewer to see an item. */
  record Flagged(String item, ItemFlag flag, String requestId) implements ItemEvent {}

  /** A reviewer has seen to the flags. */
  record FlagCleared(String item, String by, String requestId, Instant at) implements ItemEvent {}

  /** A reviewer resolved an item; a later word replaces an earlier one. */
  record Adjudicated(String item, Adjudication adjudication) implements ItemEvent {}
}
