package io.modeldiff.replica.annotation;

import io.modeldiff.core.annotation.Adjudication;
import io.modeldiff.core.annotation.AnnotationDesign;
import io.modeldiff.core.annotation.AnnotationEvent;
import io.modeldiff.core.annotation.AnnotationEvent.Adjudicated;
import io.modeldiff.core.annotation.AnnotationEvent.AnswerRevised;
import io.modeldiff.core.annotation.AnnotationEvent.AnswerWithdrawn;
import io.modeldiff.core.annotation.AnnotationEvent.Answered;
import io.modeldiff.core.annotation.AnnotationEvent.FlagCleared;
import io.modeldiff.core.annotation.AnnotationEvent.Flagged;
import io.modeldiff.core.annotation.AnnotationEvent.GuidelinesRevised;
import io.modeldiff.core.annotation.AnnotationEvent.ItemsDrawn;
import io.modeldiff.core.annotation.AnnotationEvent.LeaseGranted;
import io.modeldiff.core.annotation.AnnotationEvent.LeaseRenewed;
import io.modeldiff.core.annotation.AnnotationEvent.ProjectCreated;
import io.modeldiff.core.annotation.AnnotationEvent.Skipped;
import io.modeldiff.core.annotation.AnnotationProject;
import io.modeldiff.core.annotation.Answer;
import io.modeldiff.core.annotation.Guidelines;
import io.modeldiff.core.annotation.ItemFlag;
import io.modeldiff.core.annotation.ItemState;
import io.modeldiff.core.annotation.Lease;
import io.modeldiff.core.error.UserException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * From a project, a request and the time to what happens: pure functions.
 *
 * <p>The rule that all of them keep: at any time the counted answers to an item and the live leases
 * on it are together at most the overlap, and belong to different people. A late answer is counted
 * only where that leaves the rule in force; otherwise it is kept aside, and takes the place of a
 * lease that ends without an answer.
 */
public final class Decisions {
  private static final int LONGEST_COMMENT = 4000;
  private static final int LONGEST_GUIDELINES = 100_000;

  private final AnnotationProject project;
  private final Instant now;

  private Decisions(AnnotationProject project, Instant now) {
    this.project = project;
    this.now = now;
  }

  /**
   * Decides.
   *
   * @throws UserException when the request cannot be granted
   */
  public static Decision of(AnnotationProject project, AnnotationRequest request, Instant now) {
    return new Decisions(project, now).decide(request);
  }

  private Decision decide(AnnotationRequest request) {
    if (request instanceof AnnotationRequest.Create r) {
      return create(r);
    }
    if (project.design() == null) {
      throw UserException.badInput(
          "There is no annotation project "
              + project.project()
              + "; list those there are with 'modeldiff annotate list'.");
    }
    if (request instanceof AnnotationRequest.Next r) {
      return new Queue(project, r.by(), now).next();
    } else if (request instanceof AnnotationRequest.Renew r) {
      return renew(r);
    } else if (request instanceof AnnotationRequest.Submit r) {
      return submit(r);
    } else if (request instanceof AnnotationRequest.Skip r) {
      return skip(r);
    } else if (request instanceof AnnotationRequest.Undo r) {
      return undo(r);
    } else if (request instanceof AnnotationRequest.Flag r) {
      return repeated(r.item(), r.requestId(), r.by())
          .orElse(
              r.by(),
              r.item(),
              new Flagged(r.item(), new ItemFlag(r.by(), text(r.comment()), now), r.requestId()));
    } else if (request instanceof AnnotationRequest.ClearFlags r) {
      return repeated(r.item(), r.requestId(), r.by())
          .orElse(r.by(), r.item(), new FlagCleared(r.item(), r.by(), r.requestId(), now));
    } else if (request instanceof AnnotationRequest.Adjudicate r) {
      return adjudicate(r);
    } else if (request instanceof AnnotationRequest.AddItems r) {
      return addItems(r);
    } else if (request instanceof AnnotationRequest.ReviseGuidelines r) {
      return reviseGuidelines(r);
    }
    return load((AnnotationRequest.Import) request);
  }

  private Decision create(AnnotationRequest.Create r) {
    if (project.design() != null) {
      if (project.requests().contains(r.cause().requestId())) {
        return changed(List.of());
      }
      throw UserException.badInput("The project " + project.project() + " exists already.");
    }
    return changed(
        List.of(
            new ProjectCreated(
                project.project(), r.design(), guidelines(r.guidelines()), r.cause())));
  }

  private Decision addItems(AnnotationRequest.AddItems r) {
    if (project.requests().contains(r.cause().requestId())) {
      return changed(List.of());
    }
    if (r.perBin() > 0 && r.after() != project.draws()) {
      throw UserException.badInput(
          "Somebody else topped this project up meanwhile; look at it and try again.");
    }
    return changed(List.of(new ItemsDrawn(r.items(), r.perBin(), r.cause())));
  }

  private Decision reviseGuidelines(AnnotationRequest.ReviseGuidelines r) {
    if (project.requests().contains(r.cause().requestId())) {
      return changed(List.of());
    }
    int version = project.currentGuidelines().version() + 1;
    return changed(
        List.of(new GuidelinesRevised(new Guidelines(version, guidelines(r.text()), r.cause()))));
  }

  private Decision load(AnnotationRequest.Import r) {
    List<AnnotationEvent> events = new ArrayList<>();
    for (AnnotationRequest.Judged judged : r.items()) {
      ItemState item = item(judged.item());
      requirePeople(judged);
      for (Answer answer : judged.answers()) {
        if (!item.requests().contains(answer.requestId())) {
          requireScore(answer.score());
          events.add(new Answered(judged.item(), answer));
        }
      }
      for (ItemFlag flag : judged.flags()) {
        String id = r.cause().requestId() + "/" + judged.item() + "/" + flag.by();
        if (!item.requests().contains(id)) {
          events.add(new Flagged(judged.item(), flag, id));
        }
      }
      Adjudication word = judged.adjudication();
      if (word != null && !item.requests().contains(word.requestId())) {
        requireScore(word.score());
        events.add(new Adjudicated(judged.item(), word));
      }
    }
    return changed(events);
  }

  private void requirePeople(AnnotationRequest.Judged judged) {
    long people = judged.answers().stream().map(Answer::by).distinct().count();
    long counted = judged.answers().stream().filter(Answer::counted).count();
    if (people < judged.answers().size() || counted > design().overlap()) {
      throw UserException.badInput(
          "Item "
              + judged.item()
              + " of the import has two answers by one person, or more than the overlap of "
              + design().overlap()
              + ".");
    }
    judged.answers().forEach(a -> requireName(a.by()));
  }

  private Decision renew(AnnotationRequest.Renew r) {
    ItemState item = item(r.item());
    Lease lease = item.leaseOf(r.by());
    boolean free = item.free(design().overlap(), r.by(), now) > 0;
    if (lease == null || !(lease.live(now) || free)) {
      throw UserException.badInput(
          "The item is no longer yours: it was not heard of for too long and went to somebody else."
              + " Your answer would still be kept, marked as late.");
    }
    LeaseRenewed event = new LeaseRenewed(r.item(), r.by(), now, until());
    AnnotationProject after = project.apply(event);
    return new Decision(
        after,
        List.of(event),
        new AnnotationReply.Recorded(r.item(), item.answerOf(r.by()), false));
  }

  private Decision submit(AnnotationRequest.Submit r) {
    ItemState item = item(r.item());
    if (item.requests().contains(r.requestId())) {
      return recorded(project, List.of(), r.item(), r.by(), true);
    }
    requireScore(r.score());
    int version = guidelinesOf(r);
    Answer before = item.answerOf(r.by());
    Lease lease = item.leaseOf(r.by());
    if (before == null && lease == null && !item.offered().contains(r.by())) {
      throw UserException.badInput(
          "The item "
              + r.item()
              + " was not handed to "
              + r.by()
              + "; ask for the next one first.");
    }
    boolean late = before == null && (lease == null || !lease.live(now));
    boolean counted =
        before != null ? before.counted() : !late || item.free(design().overlap(), r.by(), now) > 0;
    Answer answer =
        new Answer(
            r.by(),
            r.score(),
            text(r.comment()),
            version,
            r.requestId(),
            now,
            before == null ? late : before.late(),
            counted,
            before != null);
    AnnotationEvent event =
        before == null ? new Answered(r.item(), answer) : new AnswerRevised(r.item(), answer);
    return recorded(project.apply(event), List.of(event), r.item(), r.by(), false);
  }

  private int guidelinesOf(AnnotationRequest.Submit r) {
    int present = project.currentGuidelines().version();
    Integer read = r.guidelines();
    if (read != null && (read < 1 || read > present)) {
      throw UserException.badInput(
          "The guidelines have versions 1 to " + present + ", but the answer names " + read + ".");
    }
    return read == null ? present : read;
  }

  private Decision skip(AnnotationRequest.Skip r) {
    ItemState item = item(r.item());
    if (item.requests().contains(r.requestId()) || item.leaseOf(r.by()) == null) {
      return recorded(project, List.of(), r.item(), r.by(), true);
    }
    Skipped event = new Skipped(r.item(), r.by(), r.requestId(), now);
    return recorded(project.apply(event), List.of(event), r.item(), r.by(), false);
  }

  /**
   * The latest answer goes, its place is the person's again. What the person holds besides stays
   * and comes next.
   */
  private Decision undo(AnnotationRequest.Undo r) {
    for (ItemState item : project.items()) {
      if (item.requests().contains(r.requestId())) {
        return offered(project, List.of(), item.item().id(), r.by(), null);
      }
    }
    String latest = null;
    Answer last = null;
    for (ItemState item : project.items()) {
      Answer own = item.answerOf(r.by());
      if (own != null && (last == null || !own.at().isBefore(last.at()))) {
        latest = item.item().id();
        last = own;
      }
    }
    if (latest == null || last == null) {
      throw UserException.badInput("There is no answer of yours to take back.");
    }
    List<AnnotationEvent> events = new ArrayList<>();
    events.add(new AnswerWithdrawn(latest, r.by(), r.requestId(), now));
    if (all(events).items().stream().anyMatch(freeFor(latest, r.by()))) {
      events.add(new LeaseGranted(latest, r.by(), now, until()));
    }
    return offered(all(events), events, latest, r.by(), last);
  }

  private Predicate<ItemState> freeFor(String id, String by) {
    return i -> i.item().id().equals(id) && i.free(design().overlap(), by, now) > 0;
  }

  private Decision offered(
      AnnotationProject after,
      List<AnnotationEvent> events,
      String item,
      String by,
      @Nullable Answer before) {
    ItemState state = Objects.requireNonNull(after.find(item));
    Lease lease = state.leaseOf(by);
    return new Decision(
        after,
        events,
        new AnnotationReply.Offered(
            state.item(),
            lease == null ? now : lease.until(),
            after.currentGuidelines().version(),
            false,
            before,
            Queue.answered(after, by)));
  }

  private Decision adjudicate(AnnotationRequest.Adjudicate r) {
    requireScore(r.score());
    return repeated(r.item(), r.requestId(), r.by())
        .orElse(
            r.by(),
            r.item(),
            new Adjudicated(
                r.item(),
                new Adjudication(r.by(), r.score(), text(r.comment()), r.requestId(), now)));
  }

  /** Whether a request was granted before. */
  private final class Repetition {
    private final boolean known;

    Repetition(boolean known) {
      this.known = known;
    }

    Decision orElse(String by, String item, AnnotationEvent event) {
      return known
          ? recorded(project, List.of(), item, by, true)
          : recorded(project.apply(event), List.of(event), item, by, false);
    }
  }

  private Repetition repeated(String item, String requestId, String by) {
    requireName(by);
    return new Repetition(item(item).requests().contains(requestId));
  }

  private Decision recorded(
      AnnotationProject after,
      List<AnnotationEvent> events,
      String item,
      String by,
      boolean repeated) {
    ItemState state = Objects.requireNonNull(after.find(item));
    return new Decision(
        after, events, new AnnotationReply.Recorded(item, state.answerOf(by), repeated));
  }

  private Decision changed(List<? extends AnnotationEvent> events) {
    AnnotationProject after = all(events);
    return new Decision(
        after, List.copyOf(events), new AnnotationReply.Changed(AnnotationView.of(after)));
  }

  private AnnotationProject all(List<? extends AnnotationEvent> events) {
    AnnotationProject after = project;
    for (AnnotationEvent event : events) {
      after = after.apply(event);
    }
    return after;
  }

  private AnnotationDesign design() {
    return project.defined();
  }

  private Instant until() {
    return now.plusSeconds(design().leaseSeconds());
  }

  private ItemState item(String id) {
    ItemState item = project.find(id);
    if (item == null) {
      throw UserException.badInput("The project has no item '" + id + "'.");
    }
    return item;
  }

  private void requireScore(@Nullable Double score) {
    if (score != null && !design().allows(score)) {
      throw UserException.badInput(
          "A score of this project must be "
              + design().scaleWords()
              + " (null), but was "
              + score
              + ".");
    }
  }

  static void requireName(String person) {
    if (person.isBlank() || person.length() > 64) {
      throw UserException.badInput(
          "A person's name has 1 to 64 characters, but was '" + person + "'.");
    }
  }

  private static String text(String comment) {
    if (comment.length() > LONGEST_COMMENT) {
      throw UserException.badInput(
          "A comment has at most "
              + LONGEST_COMMENT
              + " characters, but this one has "
              + comment.length()
              + ".");
    }
    return comment;
  }

  private static String guidelines(String text) {
    if (text.length() > LONGEST_GUIDELINES) {
      throw UserException.badInput(
          "Guidelines have at most "
              + LONGEST_GUIDELINES
              + " characters, but these have "
              + text.length()
              + ".");
    }
    return text;
  }
}
