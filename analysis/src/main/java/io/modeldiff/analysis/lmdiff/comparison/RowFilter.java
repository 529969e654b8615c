package io.modeldiff.analysis.lmdiff.comparison;

import io.modeldiff.analysis.lmdiff.corpus.Corpus;
import io.modeldiff.analysis.lmdiff.corpus.Phrase;
import io.modeldiff.analysis.lmdiff.measure.Measure;
import io.modeldiff.core.error.UserException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Which phrases to look at.
 *
 * @param bounds every one must hold
 * @param text words that the phrase must contain, case ignored
 * @param slice metadata column to the value it must have
 */
public record RowFilter(List<Bound> bounds, Optional<String> text, Map<String, String> slice) {
  /** Everything. */
  public static final RowFilter ALL = new RowFilter(List.of(), Optional.empty(), Map.of());

  /**
   * min ≤ value ≤ max.
   *
   * @param min −∞ when unbounded
   * @param max +∞ when unbounded
   */
  public record Bound(Measure measure, double min, double max) {
    /** Parses {@code measure:min:max}; either end may be empty. */
    public static Bound parse(String text) {
      String[] parts = text.split(":", -1);
      if (parts.length != 3) {
        throw UserException.badInput(
            "The filter '" + text + "' should be measure:min:max, with either end left empty.");
      }
      return new Bound(
          Measure.named(parts[0]),
          end(text, parts[1], Double.NEGATIVE_INFINITY),
          end(text, parts[2], Double.POSITIVE_INFINITY));
    }

    private static double end(String filter, String part, double otherwise) {
      try {
        return part.isBlank() ? otherwise : Double.parseDouble(part);
      } catch (NumberFormatException e) {
        throw UserException.badInput(
            "In the filter '" + filter + "', '" + part + "' is not a number.", e);
      }
    }
  }

  /** The filter as a test of a table's rows. */
  public IntPredicate on(ComparisonTable table, Corpus corpus) {
    int[] column = new int[slice.size()];
    String[] wanted = new String[slice.size()];
    int at = 0;
    for (Map.Entry<String, String> entry : slice.entrySet()) {
      column[at] = columnIndex(corpus, entry.getKey());
      wanted[at++] = entry.getValue();
    }
    Optional<String> words = text.map(t -> t.toLowerCase(Locale.ROOT));
    boolean readsText = words.isPresent() || column.length > 0;
    return row ->
        bounds.stream().allMatch(b -> inside(table.column(b.measure())[row], b))
            && (!readsText || matches(corpus.get(table.phrases()[row]), words, column, wanted));
  }

  /** Position of a metadata column; refuses unknown names, listing what exists. */
  static int columnIndex(Corpus corpus, String name) {
    int index = corpus.info().columns().indexOf(name);
    if (index < 0) {
      throw UserException.badInput(
          "Corpus "
              + corpus.info().name()
              + " has no column '"
              + name
              + "'; its columns are "
              + (corpus.info().columns().isEmpty()
                  ? "none (import with --keep NAME)"
                  : String.join(", ", corpus.info().columns()))
              + ".");
    }
    return index;
  }

  private static boolean inside(double value, Bound b) {
    return value >= b.min() && value <= b.max();
  }

  private static boolean matches(
      Phrase phrase, Optional<String> words, int[] column, String[] wanted) {
    if (words.isPresent() && !phrase.text().toLowerCase(Locale.ROOT).contains(words.get())) {
      return false;
    }
    for (int i = 0; i < column.length; i++) {
      if (!phrase.columns().get(column[i]).equals(wanted[i])) {
        return false;
      }
    }
    return true;
  }
}
