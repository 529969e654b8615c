package io.modeldiff.web.compare;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.exact.ExactCounts;
import io.modeldiff.core.exact.ExactEnumeration;
import io.modeldiff.core.exact.ExactResult;
import io.modeldiff.core.exact.ExactSpec;
import io.modeldiff.core.exact.KeptResults;
import io.modeldiff.core.exact.KeptResults.Kept;
import io.modeldiff.core.exact.KeptResults.Question;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.work.WorkMonitor;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An exact answer, enumerated now or kept from before.
 *
 * @param <T> the whole answer, or {@link ExactCounts}: what stands beside estimates
 * @param enumerated when it was found
 * @param kept whether it comes from the data directory
 */
public record ExactAnswer<T>(T result, Instant enumerated, boolean kept) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

  /** The whole answer that the data directory holds, if any. */
  public static Optional<ExactAnswer<ExactResult>> kept(
      Path data, ModelInfo a, ModelInfo b, ExactSpec spec) {
    return new KeptResults(data).find(Question.of(a, b, spec)).map(ExactAnswer::known);
  }

  /** The counts that the data directory holds, of a whole answer or alone, if any. */
  public static Optional<ExactAnswer<ExactCounts>> keptCounts(
      Path data, ModelInfo a, ModelInfo b, ExactSpec spec) {
    return new KeptResults(data).findCounts(Question.of(a, b, spec)).map(ExactAnswer::known);
  }

  private static <T> ExactAnswer<T> known(Kept<T> found) {
    return new ExactAnswer<>(found.result(), found.enumerated(), true);
  }

  /**
   * Enumerates and keeps the whole answer. One that cannot be kept is still an answer: {@code note}
   * is told why.
   */
  public static ExactAnswer<ExactResult> enumerate(
      Path data,
      LanguageModel a,
      LanguageModel b,
      ExactSpec spec,
      WorkMonitor monitor,
      Consumer<String> note) {
    ExactResult result = new ExactEnumeration(a, b, spec).run(monitor);
    Question question = Question.of(a.info(), b.info(), spec);
    return found(result, note, () -> new KeptResults(data).keep(question, result));
  }

  /** The same with nothing but what the counts need, at λ = 0. */
  public static ExactAnswer<ExactCounts> enumerateCounts(
      Path data,
      LanguageModel a,
      LanguageModel b,
      ExactSpec spec,
      WorkMonitor monitor,
      Consumer<String> note) {
    ExactCounts counts = new ExactEnumeration(a, b, spec).counts(monitor);
    Question question = Question.of(a.info(), b.info(), spec);
    return found(counts, note, () -> new KeptResults(data).keep(question, counts));
  }

  private static <T> ExactAnswer<T> found(T result, Consumer<String> note, Supplier<Kept<T>> keep) {
    try {
      return new ExactAnswer<>(result, keep.get().enumerated(), false);
    } catch (UserException e) {
      note.accept(e.getMessage());
      return new ExactAnswer<>(result, Instant.now(), false);
    }
  }

  /** Where the answer comes from, e.g. {@code enumerated on 2026-11-22 04:50, kept}. */
  public String origin() {
    return "enumerated on " + DATE.format(enumerated) + (kept ? ", kept" : "");
  }
}
