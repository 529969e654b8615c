package io.modeldiff.analysis.lmdiff.format;

import io.modeldiff.analysis.lmdiff.cache.AnalysisCache;
import io.modeldiff.analysis.lmdiff.cache.CacheHeader;
import io.modeldiff.analysis.lmdiff.cache.PhraseScores;
import io.modeldiff.analysis.lmdiff.measure.Measure;
import io.modeldiff.analysis.lmdiff.measure.PythonNumbers;
import io.modeldiff.analysis.lmdiff.measure.TokenDifferences;
import io.modeldiff.core.error.UserException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The original's comparison file: one row a phrase, the eight measures, pandas' number format. */
public final class ComparisonCsv {
  private static final String HEADER =
      ",n_tokens," + Measure.ORIGINAL.stream().map(Measure::id).collect(Collectors.joining(","));

  private ComparisonCsv() {}

  /**
   * One row.
   *
   * @param index phrase index
   * @param tokens number of tokens
   * @param values the eight measures in the order of {@link Measure#ORIGINAL}
   */
  public record Row(int index, int tokens, double[] values) {}

  /** {@code m1_m2_dataset.csv}, with {@code /} in model names spelled out. */
  public static String fileName(CacheHeader first, CacheHeader second) {
    return safe(first.modelName())
        + "_"
        + safe(second.modelName())
        + "_"
        + first.datasetName()
        + ".csv";
  }

  /** A model name as a part of a file name. */
  public static String safe(String model) {
    return model.replace("/", "__SLASH__");
  }

  /**
   * Writes the comparison of two caches of the same phrases; phrases without tokens are left out.
   */
  public static void write(Path target, AnalysisCache first, AnalysisCache second, int clamp)
      throws IOException {
    Path unfinished = target.resolveSibling(target.getFileName() + ".part");
    try (BufferedWriter out = Files.newBufferedWriter(unfinished)) {
      out.write(HEADER);
      out.write('\n');
      for (int i = 0; i < first.size(); i++) {
        PhraseScores a = first.get(i);
        PhraseScores b = second.get(i);
        if (a.length() > 0 && b.length() > 0) {
          out.write(row(i, TokenDifferences.of(a, b, clamp)));
          out.write('\n');
        }
      }
    }
    Files.move(
        unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Reads a comparison file; a wrong header or cell is refused with its line number. */
  public static List<Row> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw UserException.badInput(
          file + " is not a comparison file: its first line should be '" + HEADER + "'.");
    }
    List<Row> rows = new ArrayList<>(lines.size() - 1);
    for (int i = 1; i < lines.size(); i++) {
      rows.add(parse(file, i + 1, lines.get(i)));
    }
    return rows;
  }

  static String row(int index, TokenDifferences d) {
    int n = d.length();
    return String.join(
        ",",
        Integer.toString(index),
        Integer.toString(n),
        PythonNumbers.repr(mean(d.rank())),
        Integer.toString(max(d.rank())),
        PythonNumbers.repr(mean(d.clampedRank())),
        Integer.toString(max(d.clampedRank())),
        PythonNumbers.repr(PythonNumbers.mean(d.prob())),
        PythonNumbers.repr(max(d.prob())),
        PythonNumbers.repr(mean(d.topk())),
        Integer.toString(max(d.topk())));
  }

  /** The eight measures in the order of {@link Measure#ORIGINAL}. */
  static double[] values(TokenDifferences d) {
    return new double[] {
      mean(d.rank()),
      max(d.rank()),
      mean(d.clampedRank()),
      max(d.clampedRank()),
      PythonNumbers.mean(d.prob()),
      max(d.prob()),
      mean(d.topk()),
      max(d.topk())
    };
  }

  private static Row parse(Path file, int line, String text) {
    String[] cells = text.split(",", -1);
    try {
      double[] values = new double[Measure.ORIGINAL.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = Double.parseDouble(cells[i + 2]);
      }
      return new Row(Integer.parseInt(cells[0]), Integer.parseInt(cells[1]), values);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw UserException.badInput(
          file + " line " + line + " is not a row of numbers with the columns of line 1.", e);
    }
  }

  private static double mean(int[] values) {
    return (double) Arrays.stream(values).asLongStream().sum() / values.length;
  }

  private static int max(int[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }

  private static float max(float[] values) {
    float max = values[0];
    for (float v : values) {
      max = Math.max(max, v);
    }
    return max;
  }
}
