package io.modeldiff.web.compare;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.exact.ExactCounts;
import io.modeldiff.core.exact.ExactEnumeration;
import io.modeldiff.core.exact.ExactSpec;
import io.modeldiff.core.exact.KeptResults;
import io.modeldiff.core.lm.LanguageModel;
import io.modeldiff.core.lm.ModelInfo;
import io.modeldiff.core.work.WorkMonitor;
import io.modeldiff.web.result.ComparisonTable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The exact counts that stand beside estimates: of an enumeration that was kept, or of one of
 * nothing but what these counts need.
 *
 * @param enumerated when they were found
 * @param kept whether they come from the data directory
 */
public record ExactBeside(ExactCounts counts, Instant enumerated, boolean kept) {
  /** The counts that the data directory holds, if any. */
  public static Optional<ExactBeside> kept(Path data, ModelInfo a, ModelInfo b, ExactSpec spec) {
    return new KeptResults(data)
        .findCounts(KeptResults.Question.of(a, b, spec))
        .map(found -> new ExactBeside(found.counts(), found.enumerated(), true));
  }

  /**
   * Enumerates and keeps the counts, at λ = 0. Counts that cannot be kept are still an answer:
   * {@code note} is told why.
   */
  public static ExactBeside enumerate(
      Path data,
      LanguageModel a,
      LanguageModel b,
      ExactSpec spec,
      WorkMonitor monitor,
      Consumer<String> note) {
    ExactCounts counts = new ExactEnumeration(a, b, spec).counts(monitor);
    try {
      KeptResults.Question question = KeptResults.Question.of(a.info(), b.info(), spec);
      Instant now = new KeptResults(data).keep(question, counts).enumerated();
      return new ExactBeside(counts, now, false);
    } catch (UserException e) {
      note.accept(e.getMessage());
      return new ExactBeside(counts, Instant.now(), false);
    }
  }

  /** Where they come from, e.g. {@code enumerated on 2026-11-22 04:50, kept}. */
  public String origin() {
    return ExactAnswer.origin(enumerated, kept);
  }

  /** |X_A|, |X_B|, |X_A ∩ X_B| and the four terms, for the table of a comparison. */
  public ComparisonTable.Exact column() {
    long[] row = {
      counts.a(),
      counts.b(),
      counts.both(),
      counts.pdAB(),
      counts.paAB(),
      counts.paBA(),
      counts.pdBA()
    };
    return new ComparisonTable.Exact(row, origin());
  }
}
