package io.modeldiff.replica.annotation;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.modeldiff.core.annotation.AnnotationItem;
import io.modeldiff.core.annotation.Answer;
import io.modeldiff.core.serialization.CborSerializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a project answers. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AnnotationReply.Offered.class, name = "offered"),
  @JsonSubTypes.Type(value = AnnotationReply.Waiting.class, name = "waiting"),
  @JsonSubTypes.Type(value = AnnotationReply.NothingLeft.class, name = "nothing-left"),
  @JsonSubTypes.Type(value = AnnotationReply.Recorded.class, name = "recorded"),
  @JsonSubTypes.Type(value = AnnotationReply.Changed.class, name = "changed")
})
public sealed interface AnnotationReply extends CborSerializable {

  /**
   * An item for a person.
   *
   * @param until when the lease ends unless it is renewed
   * @param guidelines version in force
   * @param skippedBefore whether the person gave it back earlier and nothing else is left
   * @param before the person's answer that was taken back by an undo; null otherwise
   * @param answered items that the person has answered so far
   */
  record Offered(
      AnnotationItem item,
      Instant until,
      int guidelines,
      boolean skippedBefore,
      @Nullable Answer before,
      int answered)
      implements AnnotationReply {}

  /**
   * Nothing now, but others hold items that may become free.
   *
   * @param held how many
   * @param retryAt when the first of their leases ends
   */
  record Waiting(int held, Instant retryAt, int answered) implements AnnotationReply {}

  /** Every item is complete, or was answered by this person. */
  record NothingLeft(int answered) implements AnnotationReply {}

  /**
   * An item changed, or had changed already by the same request.
   *
   * @param answer the person's answer now; null for none
   * @param repeated whether the same request came before
   */
  record Recorded(String item, @Nullable Answer answer, boolean repeated)
      implements AnnotationReply {}

  /** The project changed, or had changed already by the same request. */
  record Changed(AnnotationView view) implements AnnotationReply {}
}
