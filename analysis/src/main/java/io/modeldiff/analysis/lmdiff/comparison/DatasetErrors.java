package io.modeldiff.analysis.lmdiff.comparison;

import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.Deflater;

/**
 * Phrases that look like mistakes of the data rather than differences of the models (LMdiff,
 * section 4.5): repetition, broken encoding, control characters, duplicates.
 */
public final class DatasetErrors {
  /** Text that was UTF-8 and was read as Latin-1 or Windows-1252. */
  private static final Pattern MOJIBAKE =
      Pattern.compile(
          "[\u00c2\u00c3][\u0080-\u00bf\u2018-\u203a]|\u00e2\u20ac|\u00ef\u00bb\u00bf|\u00f0\u0178");

  private static final int MIN_REPETITION_BYTES = 40;
  private static final double REPETITION = 0.75;

  private DatasetErrors() {}

  /** A kind of error. */
  public enum Kind {
    /** The same few characters over and over: it compresses far better than text does. */
    REPETITION,
    /** U+FFFD, or the traces of a wrong character set. */
    ENCODING,
    /** Characters that no text has, tabs aside. */
    CONTROL_CHARACTERS,
    /** The same phrase as an earlier one. */
    DUPLICATE
  }

  /**
   * One finding.
   *
   * @param phrase index
   * @param severity 0 to 1, comparable within one kind
   * @param detail what was seen, for people
   */
  public record Finding(int phrase, Kind kind, double severity, String detail) {}

  /** All findings: repetition, encoding and control characters by severity, then duplicates. */
  public static List<Finding> find(Corpus corpus) {
    List<Finding> findings = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < corpus.size(); i++) {
      String text = corpus.get(i).text();
      repetition(i, text, findings);
      encoding(i, text, findings);
      control(i, text, findings);
      Integer first = seen.putIfAbsent(text, i);
      if (first != null) {
        findings.add(new Finding(i, Kind.DUPLICATE, 1, "the same as phrase " + first));
      }
    }
    findings.sort(
        Comparator.comparing((Finding f) -> f.kind() == Kind.DUPLICATE)
            .thenComparingDouble(f -> -f.severity())
            .thenComparingInt(Finding::phrase));
    return findings;
  }

  /** Share of the text that compression removes, 0 to 1; repeated patterns come near 1. */
  static double redundancy(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(bytes);
    deflater.finish();
    byte[] buffer = new byte[bytes.length + 64];
    int size = deflater.deflate(buffer);
    deflater.end();
    return Math.max(0, 1 - (double) size / bytes.length);
  }

  private static void repetition(int i, String text, List<Finding> findings) {
    if (text.length() < MIN_REPETITION_BYTES) {
      return;
    }
    double redundancy = redundancy(text);
    if (redundancy >= threshold(text.length())) {
      findings.add(
          new Finding(
              i,
              Kind.REPETITION,
              redundancy,
              String.format("%.0f%% of it is repetition", 100 * redundancy)));
    }
  }

  /** Short repetitive texts cannot compress as far as long ones. */
  private static double threshold(int length) {
    return length >= 120 ? REPETITION : REPETITION - 0.2 * (120 - length) / 80;
  }

  private static void encoding(int i, String text, List<Finding> findings) {
    long replaced = text.chars().filter(c -> c == '\uFFFD').count();
    long mojibake = MOJIBAKE.matcher(text).results().count();
    if (replaced + mojibake > 0) {
      findings.add(
          new Finding(
              i,
              Kind.ENCODING,
              Math.min(1, 4.0 * (replaced + mojibake) / text.length()),
              replaced > 0
                  ? replaced + " replacement characters (U+FFFD)"
                  : mojibake + " sequences of a wrong character set"));
    }
  }

  private static void control(int i, String text, List<Finding> findings) {
    long control = text.chars().filter(c -> Character.isISOControl(c) && c != '\t').count();
    if (control > 0) {
      findings.add(
          new Finding(
              i,
              Kind.CONTROL_CHARACTERS,
              Math.min(1, 4.0 * control / text.length()),
              control + " control characters"));
    }
  }
}
