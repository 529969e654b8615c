package io.modeldiff.analysis.lmdiff.format;

import io.modeldiff.analysis.lmdiff.cache.AnalysisCache;
import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import io.modeldiff.analysis.lmdiff.format.ComparisonCsv.Row;
import io.modeldiff.analysis.lmdiff.measure.TokenDifferences;
import io.modeldiff.core.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a comparison file says what its two caches say; it holds nothing else. */
public final class ComparisonCheck {
  private static final double TOLERANCE = 1e-5;

  private ComparisonCheck() {}

  /**
   * The largest relative difference of a value, at most 1e-5.
   *
   * @throws UserException naming the row, when the file is of other caches
   */
  public static double of(Path csv, AnalysisCache first, AnalysisCache second, int clamp)
      throws IOException {
    if (!Files.isRegularFile(csv)) {
      throw UserException.badInput("There is no comparison file " + csv + " beside the caches.");
    }
    double worst = 0;
    for (Row row : ComparisonCsv.read(csv)) {
      if (row.index() < 0 || row.index() >= first.size()) {
        throw other(csv, row);
      }
      PhraseScores a = first.get(row.index());
      PhraseScores b = second.get(row.index());
      double[] expected = ComparisonCsv.values(TokenDifferences.of(a, b, clamp));
      for (int i = 0; i < expected.length; i++) {
        double difference =
            Math.abs(row.values()[i] - expected[i]) / Math.max(1, Math.abs(expected[i]));
        if (!(difference <= TOLERANCE)) {
          throw other(csv, row);
        }
        worst = Math.max(worst, difference);
      }
    }
    return worst;
  }

  private static UserException other(Path csv, Row row) {
    return UserException.badInput(
        csv
            + ": the row of phrase "
            + row.index()
            + " does not follow from the caches beside it; the files belong to different analyses.");
  }
}
