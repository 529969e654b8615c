package io.modeldiff.web.service;

import io.modeldiff.analysis.agreement.ProjectAgreement;
import io.modeldiff.core.annotation.AnnotationDesign;
import io.modeldiff.core.annotation.Answer;
import io.modeldiff.core.annotation.ItemState;
import io.modeldiff.core.annotation.Term;
import io.modeldiff.web.access.Caller;
import io.modeldiff.web.service.ComparisonService.Export;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Annotation projects: people score representative inputs, and the scores say which model is right.
 */
public interface AnnotationService {
  /** Newest first. */
  List<Progress> list(int limit);

  /**
   * One project.
   *
   * @throws NotFoundException when there is none with this id
   */
  Detail get(String id);

  /** Creates a project, draws its items and answers its id. */
  String create(NewProject project, Caller who);

  /** Draws so many more items per D bin; the design stays valid. */
  void topUp(String id, int perBin, @Nullable String requestId, Caller who);

  /** A new version of the guidelines. */
  void reviseGuidelines(String id, String text, @Nullable String requestId, Caller who);

  /** The next item for the caller, or why there is none now. */
  Next next(String id, Caller who);

  /** The caller is still at an item. */
  void renew(String id, String item, Caller who);

  /** Takes an answer; sent again with the same request id, it changes nothing. */
  Stored answer(String id, String item, NewAnswer answer, Caller who);

  /** Gives an item back; it comes again when nothing else is left. */
  void skip(String id, String item, @Nullable String requestId, Caller who);

  /** Asks a reviewer to look at an item. */
  void flag(String id, String item, String comment, @Nullable String requestId, Caller who);

  /** Takes the caller's latest answer back and hands its item to the caller again. */
  Next undo(String id, @Nullable String requestId, Caller who);

  /** A reviewer's score, which counts instead of the annotators'; clears the item's flags. */
  void adjudicate(String id, String item, NewAnswer word, Caller who);

  /** Items that a reviewer should see: flagged ones and ones on which people differ. */
  List<ItemState> review(String id, Caller who);

  /** What is hidden before answering; for those who answered the item, and for operators. */
  Revealed reveal(String id, String item, Caller who);

  /** How far people agree with each other. */
  ProjectAgreement agreement(String id);

  /**
   * Precision, recall and which model agrees more with people.
   *
   * @throws NotFoundException when the comparison is not here or has no result yet
   */
  Results results(String id);

  /** Everything about a project: {@code jsonl} or {@code csv}. */
  Export export(String id, String format, Caller who);

  /** Creates a project from an export, with all that was answered; answers its id. */
  String load(String format, String content, @Nullable String name, Caller who);

  /** Delivers progress after every change until the subscription is closed. */
  Subscription watch(String id, Consumer<Progress> listener);

  /**
   * What to annotate. Everything but name and comparison may be left out.
   *
   * @param terms default: all four
   * @param lambda default: the comparison's
   * @param edges D bin edges used for both sides, ascending; default: each term's part of the axis
   *     in {@code bins} parts of about equal numbers of inputs
   * @param bins default 4
   * @param perBin draws per bin, default 25
   * @param steps scores are k/steps; default 1, good or bad
   * @param overlap people per item, default 2
   * @param guidelines how to score
   * @param blind default true
   * @param seed default 1
   * @param leaseSeconds default 300
   * @param requestId the same again creates nothing new
   */
  record NewProject(
      String name,
      String comparison,
      @Nullable List<Term> terms,
      @Nullable Double lambda,
      @Nullable List<Double> edges,
      @Nullable Integer bins,
      @Nullable Integer perBin,
      @Nullable Integer steps,
      @Nullable Integer overlap,
      @Nullable String guidelines,
      @Nullable Boolean blind,
      @Nullable Long seed,
      @Nullable Integer leaseSeconds,
      @Nullable String requestId) {}

  /**
   * How far a project is.
   *
   * @param items how many there are
   * @param complete items with all answers
   * @param answers counted answers
   * @param wanted answers that the design asks for
   * @param unjudged counted answers that say "cannot judge"
   * @param late answers that came after their lease had ended
   * @param aside late ones that found no place
   * @param disputed items on which people differ and no reviewer has spoken
   * @param people counted answers by person
   */
  record Progress(
      String id,
      String name,
      String comparison,
      int items,
      int complete,
      int answers,
      int wanted,
      int unjudged,
      int late,
      int aside,
      int flagged,
      int disputed,
      int adjudicated,
      Map<String, Integer> people,
      Instant created,
      String createdBy) {}

  /**
   * A project with its design.
   *
   * @param draws draws per D bin so far
   * @param guidelines the version in force
   */
  record Detail(
      Progress progress,
      AnnotationDesign design,
      int draws,
      int guidelinesVersion,
      String guidelines) {}

  /**
   * @param state {@code item}; {@code waiting}: others hold what is left; {@code done}: nothing is
   *     left for this person
   * @param item null unless there is one
   * @param retryAt when to ask again, if waiting
   * @param held items that others hold, if waiting
   * @param answered items that the person has answered
   */
  record Next(
      String state, @Nullable Shown item, @Nullable Instant retryAt, int held, int answered) {}

  /**
   * An item as annotators see it. In a blind project nothing tells where it comes from.
   *
   * @param leaseUntil it goes to others then, unless it is answered or renewed
   * @param guidelinesVersion version in force
   * @param skippedBefore the person gave it back before
   * @param before the person's answer that was taken back; null otherwise
   * @param difference D, nats per token; null while blind
   */
  record Shown(
      String id,
      String text,
      Instant leaseUntil,
      int guidelinesVersion,
      boolean skippedBefore,
      @Nullable Answer before,
      @Nullable Double difference) {}

  /**
   * @param score null for "cannot judge"
   * @param guidelinesVersion version that the person read; null for the one in force
   * @param requestId the same again changes nothing; null: never the same
   */
  record NewAnswer(
      @Nullable Double score,
      @Nullable String comment,
      @Nullable Integer guidelinesVersion,
      @Nullable String requestId) {}

  /** An answer as it was kept. */
  record Stored(String item, @Nullable Answer answer, boolean repeated) {}

  /** An item with what a blind project hides, for the microscope. */
  record Revealed(
      String item,
      String text,
      List<Integer> ids,
      double zA,
      double zB,
      @Nullable String a,
      @Nullable String b) {}

  /** A share with its 95% interval; null where nothing was annotated. */
  record Share(@Nullable Double value, @Nullable Double low, @Nullable Double high, int items) {}

  /** r(D) of a bin; open ends are null. */
  record Rate(@Nullable Double from, @Nullable Double to, Share score) {}

  /**
   * Eq. 8 and 9 of a term.
   *
   * @param log10TruePositives log10 of Σ r ρ, or null
   * @param relSe its relative standard error, or null
   */
  record TermFigures(
      Term term,
      Share precision,
      Share recall,
      @Nullable Double log10TruePositives,
      @Nullable Double relSe,
      List<Rate> rates) {}

  /**
   * @param judged items with a score
   * @param better {@code a}, {@code b} or {@code undecided}
   * @param moreAnnotations items more that would decide it; 0: decided; null: no number would
   * @param sentence the verdict in words
   */
  record Results(
      String project,
      String a,
      String b,
      double lambda,
      int judged,
      List<TermFigures> terms,
      String better,
      @Nullable Long moreAnnotations,
      String sentence) {}
}
