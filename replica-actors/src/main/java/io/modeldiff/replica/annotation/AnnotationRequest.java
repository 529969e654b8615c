package io.modeldiff.replica.annotation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.modeldiff.core.annotation.Adjudication;
import io.modeldiff.core.annotation.AnnotationDesign;
import io.modeldiff.core.annotation.AnnotationItem;
import io.modeldiff.core.annotation.Answer;
import io.modeldiff.core.annotation.ItemFlag;
import io.modeldiff.core.campaign.Cause;
import io.modeldiff.core.serialization.CborSerializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a project. The same request id asks for the same thing once, however often
 * it is sent.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AnnotationRequest.Create.class, name = "create"),
  @JsonSubTypes.Type(value = AnnotationRequest.AddItems.class, name = "add-items"),
  @JsonSubTypes.Type(value = AnnotationRequest.ReviseGuidelines.class, name = "guidelines"),
  @JsonSubTypes.Type(value = AnnotationRequest.Import.class, name = "import"),
  @JsonSubTypes.Type(value = AnnotationRequest.Next.class, name = "next"),
  @JsonSubTypes.Type(value = AnnotationRequest.Renew.class, name = "renew"),
  @JsonSubTypes.Type(value = AnnotationRequest.Submit.class, name = "submit"),
  @JsonSubTypes.Type(value = AnnotationRequest.Skip.class, name = "skip"),
  @JsonSubTypes.Type(value = AnnotationRequest.Flag.class, name = "flag"),
  @JsonSubTypes.Type(value = AnnotationRequest.ClearFlags.class, name = "clear-flags"),
  @JsonSubTypes.Type(value = AnnotationRequest.Undo.class, name = "undo"),
  @JsonSubTypes.Type(value = AnnotationRequest.Adjudicate.class, name = "adjudicate")
})
public sealed interface AnnotationRequest extends CborSerializable {

  /** The project should exist. */
  record Create(AnnotationDesign design, String guidelines, Cause cause)
      implements AnnotationRequest {}

  /**
   * More items.
   *
   * @param perBin draws per stratum that they are the outcome of; 0 for an import
   * @param after draws per stratum that there must have been before
   */
  record AddItems(List<AnnotationItem> items, int perBin, int after, Cause cause)
      implements AnnotationRequest {}

  /** New guidelines. */
  record ReviseGuidelines(String text, Cause cause) implements AnnotationRequest {}

  /** Answers and reviews that were given elsewhere, as they are. */
  record Import(List<Judged> items, Cause cause) implements AnnotationRequest {}

  /** What was given elsewhere to one item. */
  record Judged(
      String item, List<Answer> answers, List<ItemFlag> flags, @Nullable Adjudication adjudication)
      implements CborSerializable {}

  /** An item to judge. A person who holds one already gets that one. */
  record Next(String by) implements AnnotationRequest {}

  /** Still at it. */
  record Renew(String item, String by) implements AnnotationRequest {}

  /**
   * An answer.
   *
   * @param score null for "cannot judge"
   * @param guidelines version that the person read; null for the present one
   */
  record Submit(
      String item,
      String by,
      @Nullable Double score,
      String comment,
      @Nullable Integer guidelines,
      String requestId)
      implements AnnotationRequest {}

  /** Not this one, at least not now. */
  record Skip(String item, String by, String requestId) implements AnnotationRequest {}

  /** A reviewer should look at it. */
  record Flag(String item, String by, String comment, String requestId)
      implements AnnotationRequest {}

  /** A reviewer has looked at it. */
  record ClearFlags(String item, String by, String requestId) implements AnnotationRequest {}

  /** Takes the person's latest answer back and hands its item to the person again. */
  record Undo(String by, String requestId) implements AnnotationRequest {}

  /** A reviewer's word. */
  record Adjudicate(
      String item, @Nullable Double score, String comment, String by, String requestId)
      implements AnnotationRequest {}
}
