package io.modeldiff.core.annotation;

import io.modeldiff.core.annotation.AnnotationEvent.Adjudicated;
import io.modeldiff.core.annotation.AnnotationEvent.AnswerRevised;
import io.modeldiff.core.annotation.AnnotationEvent.AnswerWithdrawn;
import io.modeldiff.core.annotation.AnnotationEvent.Answered;
import io.modeldiff.core.annotation.AnnotationEvent.FlagCleared;
import io.modeldiff.core.annotation.AnnotationEvent.Flagged;
import io.modeldiff.core.annotation.AnnotationEvent.ItemEvent;
import io.modeldiff.core.annotation.AnnotationEvent.LateAnswerCounted;
import io.modeldiff.core.annotation.AnnotationEvent.LeaseGranted;
import io.modeldiff.core.annotation.AnnotationEvent.LeaseRenewed;
import io.modeldiff.core.annotation.AnnotationEvent.Skipped;
import io.modeldiff.core.serialization.CborSerializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An item and everything that people did with it; a function of its events.
 *
 * @param answers one per person at most
 * @param leases one per person at most; some may have ended
 * @param offered everybody who ever held it
 * @param skippedBy everybody who gave it back, as often as they did
 * @param flags open wishes for a reviewer
 * @param requests ids of the requests that changed it
 */
public record ItemState(
    AnnotationItem item,
    List<Answer> answers,
    List<Lease> leases,
    List<String> offered,
    List<String> skippedBy,
    List<ItemFlag> flags,
    @Nullable Adjudication adjudication,
    List<String> requests)
    implements CborSerializable {

  public ItemState {
    answers = List.copyOf(answers);
    leases = List.copyOf(leases);
    offered = List.copyOf(offered);
    skippedBy = List.copyOf(skippedBy);
    flags = List.copyOf(flags);
    requests = List.copyOf(requests);
  }

  /** Nobody saw it yet. */
  public static ItemState fresh(AnnotationItem item) {
    return new ItemState(
        item, List.of(), List.of(), List.of(), List.of(), List.of(), null, List.of());
  }

  /** The person's answer, counted or not; null for none. */
  public @Nullable Answer answerOf(String person) {
    return answers.stream().filter(a -> a.by().equals(person)).findFirst().orElse(null);
  }

  /** The person's lease, ended or not; null for none. */
  public @Nullable Lease leaseOf(String person) {
    return leases.stream().filter(l -> l.by().equals(person)).findFirst().orElse(null);
  }

  /** How many answers count. */
  public int counted() {
    return (int) answers.stream().filter(Answer::counted).count();
  }

  /** Places that nobody has answered on or holds, as others than {@code person} see it. */
  public int free(int overlap, String person, Instant now) {
    long held = leases.stream().filter(l -> !l.by().equals(person) && l.live(now)).count();
    return (int) (overlap - counted() - held);
  }

  /**
   * The item's score: the reviewer's word, or else the mean over those who could judge. Empty when
   * there is none.
   */
  public OptionalDouble score() {
    Adjudication word = adjudication;
    if (word != null) {
      Double score = word.score();
      return score == null ? OptionalDouble.empty() : OptionalDouble.of(score);
    }
    return java.util.Arrays.stream(scores()).average();
  }

  /** The scores of counted answers, "cannot judge" left out. */
  public double[] scores() {
    return answers.stream()
        .filter(a -> a.counted() && a.score() != null)
        .mapToDouble(a -> java.util.Objects.requireNonNull(a.score()))
        .toArray();
  }

  /** Whether counted answers differ and no reviewer has spoken. */
  public boolean disputed() {
    return adjudication == null
        && answers.stream().filter(Answer::counted).map(Answer::score).distinct().count() > 1;
  }

  /** After one more event about this item. */
  public ItemState apply(ItemEvent event) {
    if (event instanceof LeaseGranted e) {
      List<Lease> live = new ArrayList<>(leases);
      live.removeIf(l -> !l.live(e.at()) || l.by().equals(e.by()));
      live.add(new Lease(e.by(), e.until()));
      return with(answers, live).offeredTo(e.by());
    } else if (event instanceof LeaseRenewed e) {
      return with(answers, plus(without(leases, l -> l.by().equals(e.by())), lease(e)));
    } else if (event instanceof Answered e) {
      return answered(e.answer()).asked(e.answer().requestId());
    } else if (event instanceof AnswerRevised e) {
      return answered(e.answer()).asked(e.answer().requestId());
    } else if (event instanceof AnswerWithdrawn e) {
      return with(without(answers, a -> a.by().equals(e.by())), leases).asked(e.requestId());
    } else if (event instanceof LateAnswerCounted e) {
      return with(
          answers.stream().map(a -> a.by().equals(e.by()) ? a.nowCounted() : a).toList(), leases);
    } else if (event instanceof Skipped e) {
      return with(answers, without(leases, l -> l.by().equals(e.by())))
          .skipped(e.by())
          .asked(e.requestId());
    } else if (event instanceof Flagged e) {
      return flagged(plus(without(flags, f -> f.by().equals(e.flag().by())), e.flag()))
          .asked(e.requestId());
    } else if (event instanceof FlagCleared e) {
      return flagged(List.of()).asked(e.requestId());
    } else if (event instanceof Adjudicated e) {
      return new ItemState(
              item, answers, leases, offered, skippedBy, flags, e.adjudication(), requests)
          .asked(e.adjudication().requestId());
    }
    return this;
  }

  private static Lease lease(LeaseRenewed e) {
    return new Lease(e.by(), e.until());
  }

  /** The same item, drawn again. */
  public ItemState drawnAgain(List<AnnotationItem.Draw> draws) {
    return new ItemState(
        item.with(draws), answers, leases, offered, skippedBy, flags, adjudication, requests);
  }

  private ItemState answered(Answer answer) {
    return with(
        plus(without(answers, a -> a.by().equals(answer.by())), answer),
        without(leases, l -> l.by().equals(answer.by())));
  }

  private ItemState with(List<Answer> newAnswers, List<Lease> newLeases) {
    return new ItemState(
        item, newAnswers, newLeases, offered, skippedBy, flags, adjudication, requests);
  }

  private ItemState offeredTo(String person) {
    return offered.contains(person)
        ? this
        : new ItemState(
            item, answers, leases, plus(offered, person), skippedBy, flags, adjudication, requests);
  }

  private ItemState skipped(String person) {
    return new ItemState(
        item, answers, leases, offered, plus(skippedBy, person), flags, adjudication, requests);
  }

  private ItemState flagged(List<ItemFlag> now) {
    return new ItemState(item, answers, leases, offered, skippedBy, now, adjudication, requests);
  }

  private ItemState asked(String requestId) {
    return new ItemState(
        item, answers, leases, offered, skippedBy, flags, adjudication, plus(requests, requestId));
  }

  private static <T> List<T> plus(List<T> list, T one) {
    List<T> longer = new ArrayList<>(list);
    longer.add(one);
    return longer;
  }

  private static <T> List<T> without(List<T> list, Predicate<T> gone) {
    return list.stream().filter(gone.negate()).toList();
  }
}
