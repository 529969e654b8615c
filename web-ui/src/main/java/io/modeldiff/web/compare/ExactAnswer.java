package io.modeldiff.web.compare;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.exact.ExactEnumeration;
import io.modeldiff.core.exact.ExactResult;
import io.modeldiff.core.exact.ExactSpec;
import io.modeldiff.core.exact.KeptResults;
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

/**
 * An exact answer, enumerated now or kept from before.
 *
 * @param enumerated when it was found
 * @param kept whether it comes from the data directory
 */
public record ExactAnswer(ExactResult result, Instant enumerated, boolean kept) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

  /** The answer that the data directory holds, if any. */
  public static Optional<ExactAnswer> kept(Path data, ModelInfo a, ModelInfo b, ExactSpec spec) {
    return new KeptResults(data)
        .find(KeptResults.Question.of(a, b, spec))
        .map(found -> new ExactAnswer(found.result(), found.enumerated(), true));
  }

  /**
   * Enumerates and keeps the answer. One that cannot be kept is still an answer: {@code note} is
   * told why.
   */
  public static ExactAnswer enumerate(
      Path data,
      LanguageModel a,
      LanguageModel b,
      ExactSpec spec,
      WorkMonitor monitor,
      Consumer<String> note) {
    ExactResult result = new ExactEnumeration(a, b, spec).run(monitor);
    try {
      KeptResults.Question question = KeptResults.Question.of(a.info(), b.info(), spec);
      Instant now = new KeptResults(data).keep(question, result).enumerated();
      return new ExactAnswer(result, now, false);
    } catch (UserException e) {
      note.accept(e.getMessage());
      return new ExactAnswer(result, Instant.now(), false);
    }
  }

  /** Where the answer comes from, e.g. {@code enumerated on 2026-11-22 04:50, kept}. */
  public String origin() {
    return origin(enumerated, kept);
  }

  static String origin(Instant enumerated, boolean kept) {
    return "enumerated on " + DATE.format(enumerated) + (kept ? ", kept" : "");
  }
}
