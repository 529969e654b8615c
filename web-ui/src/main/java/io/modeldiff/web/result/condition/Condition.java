package io.modeldiff.web.result.condition;

import io.modeldiff.core.error.UserException;
import io.modeldiff.web.result.ComparisonDocument;

/**
 * A condition over the fields of a result, for builds that must stop when it holds.
 *
 * <pre>
 *   condition  = and { "||" and }            sum     = product { ("+" | "-") product }
 *   and        = comparison { "&amp;&amp;" comparison }   product = factor { ("*" | "/") factor }
 *   comparison = sum OPERATOR sum            factor  = NUMBER | FIELD | "(" sum ")" | "-" factor
 *   OPERATOR   = ">" | ">=" | "&lt;" | "&lt;=" | "==" | "!="
 * </pre>
 *
 * <p>Fields are those of the compare document: counts by their names ({@code countA}, {@code
 * pdAB}), each with {@code .low}, {@code .high}, {@code .log10} and {@code .relSe}; {@code
 * share.pdAB}, {@code ratio.pooled.paBA}, {@code rHatMax}, {@code closure} and others. What cannot
 * be decided, because a field is not estimable or the result has not converged, is an error and
 * never a condition that does not hold.
 */
public final class Condition {
  private final String text;
  private final Node.Truth truth;

  private Condition(String text, Node.Truth truth) {
    this.text = text;
    this.truth = truth;
  }

  /**
   * Reads a condition.
   *
   * @throws UserException naming the place or the field that cannot be understood
   */
  public static Condition parse(String text) {
    return new Condition(text, new Parser(text).condition());
  }

  /**
   * Returns when the condition does not hold on a converged result.
   *
   * @throws UserException with exit code 3 when it holds, and 1 when that cannot be decided
   */
  public void refuse(ComparisonDocument document) {
    if (truth.holds(document)) {
      throw UserException.conditionHolds(
          "The condition " + text + " holds: " + truth.words(document) + ".");
    }
    if (!document.checks().converged()) {
      throw UserException.failed(
          "The condition "
              + text
              + " does not hold ("
              + truth.words(document)
              + "), but the result has not converged, so nothing follows from it; sample more with"
              + " --evaluations.");
    }
  }

  /** What the condition says of a result, with the values of both sides of each comparison. */
  public String words(ComparisonDocument document) {
    return truth.words(document);
  }
}
