package io.modeldiff.core.annotation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.modeldiff.core.error.UserException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The four terms of Model-diff's Table 1, as parts of the D axis of one side. */
public enum Term {
  /** Found by A, D &lt; −λ: B finds them less likely. */
  PD_AB("pdAB", "AB", true),
  /** Found by A, D &gt; λ: B finds them more likely. */
  PA_AB("paAB", "AB", false),
  /** Found by B, D &lt; −λ: A finds them more likely. */
  PA_BA("paBA", "BA", true),
  /** Found by B, D &gt; λ: A finds them less likely. */
  PD_BA("pdBA", "BA", false);

  private final String word;
  private final String direction;
  private final boolean negative;

  Term(String word, String direction, boolean negative) {
    this.word = word;
    this.direction = direction;
    this.negative = negative;
  }

  /** {@code pdAB}, {@code paAB}, {@code paBA} or {@code pdBA}. */
  @JsonValue
  public String word() {
    return word;
  }

  /** {@code AB}: over X_A; {@code BA}: over X_B. */
  public String direction() {
    return direction;
  }

  /** The D range of the term at a threshold: [low, high), open ends infinite. */
  public double[] range(double lambda) {
    return negative
        ? new double[] {Double.NEGATIVE_INFINITY, 0 - lambda}
        : new double[] {lambda, Double.POSITIVE_INFINITY};
  }

  /** The term of a word. */
  @JsonCreator
  public static Term of(String word) {
    for (Term term : values()) {
      if (term.word.equals(word)) {
        return term;
      }
    }
    throw UserException.badInput(
        "A term must be one of "
            + Arrays.stream(values()).map(Term::word).collect(Collectors.joining(", "))
            + ", but was '"
            + word
            + "'.");
  }
}
