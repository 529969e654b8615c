package io.modeldiff.web.result.corpus;

import io.modeldiff.core.error.UserException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a corpus.
 *
 * @param corpus a registered corpus' name, or what given texts are called
 * @param texts the texts; null: those of the registered corpus
 * @param lambda λ ≥ 0, nats per token; null: the comparison's own
 * @param anyZ whether terms and histograms are over all texts instead of those in Z
 * @param firstTokens whether each text is cut to its first N tokens, N as in the comparison
 * @param limit the most texts to list, those with the largest |D|; null: {@value #LISTED}
 */
public record CorpusQuery(
    String corpus,
    @Nullable List<String> texts,
    @Nullable Double lambda,
    boolean anyZ,
    boolean firstTokens,
    @Nullable Integer limit) {
  /** Texts that are listed unless asked otherwise. */
  public static final int LISTED = 20;

  private static final int MOST = 10_000;

  public CorpusQuery {
    if (limit != null && (limit < 0 || limit > MOST)) {
      throw UserException.badInput(
          "The number of texts to list must be from 0 to " + MOST + ", but was " + limit + ".");
    }
  }

  /** How many texts to list. */
  public int listed() {
    return limit == null ? LISTED : limit;
  }
}
