package io.modeldiff.analysis.agreement;

import java.util.Arrays;

/**
 * Cohen's kappa of two raters, κ = (p_o − p_e)/(1 − p_e), with the large-sample interval of Fleiss,
 * Cohen and Everitt (1969).
 */
public final class CohenKappa {
  private CohenKappa() {}

  /** From two raters' scores of the same items. */
  public static AgreementFigure of(double[] first, double[] second) {
    double[] values =
        java.util.stream.DoubleStream.concat(Arrays.stream(first), Arrays.stream(second))
            .distinct()
            .sorted()
            .toArray();
    int[][] table = new int[values.length][values.length];
    for (int i = 0; i < first.length; i++) {
      table[Arrays.binarySearch(values, first[i])][Arrays.binarySearch(values, second[i])]++;
    }
    return of(table);
  }

  /** From counts: {@code table[i][j]} items that the first rated i and the second j. */
  public static AgreementFigure of(int[][] table) {
    int categories = table.length;
    double[] row = new double[categories];
    double[] column = new double[categories];
    double n = 0;
    for (int i = 0; i < categories; i++) {
      for (int j = 0; j < categories; j++) {
        n += table[i][j];
        row[i] += table[i][j];
        column[j] += table[i][j];
      }
    }
    double observed = 0;
    double chance = 0;
    for (int i = 0; i < categories; i++) {
      observed += table[i][i] / n;
      chance += row[i] * column[i] / (n * n);
    }
    if (n == 0 || chance >= 1) {
      return new AgreementFigure(null, null, null, (int) n);
    }
    double kappa = (observed - chance) / (1 - chance);
    double half = 1.959963984540054 * standardError(table, row, column, n, kappa, chance);
    return new AgreementFigure(
        kappa, Math.max(-1, kappa - half), Math.min(1, kappa + half), (int) n);
  }

  private static double standardError(
      int[][] table, double[] row, double[] column, double n, double kappa, double chance) {
    double sum = 0;
    for (int i = 0; i < table.length; i++) {
      for (int j = 0; j < table.length; j++) {
        double p = table[i][j] / n;
        if (i == j) {
          double d = 1 - (row[i] + column[i]) / n * (1 - kappa);
          sum += p * d * d;
        } else {
          double d = (column[i] + row[j]) / n * (1 - kappa);
          sum += p * d * d;
        }
      }
    }
    double centre = kappa - chance * (1 - kappa);
    double variance = (sum - centre * centre) / (n * (1 - chance) * (1 - chance));
    return Math.sqrt(Math.max(0, variance));
  }
}
