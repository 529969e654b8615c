package io.modeldiff.web.result.inputs;

import io.modeldiff.core.error.UserException;
import java.util.List;

/**
 * Which inputs are wanted.
 *
 * @param direction {@code AB}: found by A; {@code BA}: found by B
 * @param from least D, nats per token
 * @param to largest D
 * @param zFrom least NLL under the model that found them, nats per token
 * @param zTo largest NLL under it
 * @param text part of the decoded text, in any case; empty for all
 * @param offset inputs to leave out at the start
 * @param limit most inputs to answer
 */
public record InputQuery(
    String direction,
    double from,
    double to,
    double zFrom,
    double zTo,
    String text,
    int offset,
    int limit) {
  /** Wider than any difference or NLL. */
  public static final double WIDEST = 1e9;

  /** {@code AB} and {@code BA}. */
  public static final List<String> DIRECTIONS = List.of("AB", "BA");

  /** Inputs of one page of the dashboard. */
  public static final int PAGE = 20;

  public InputQuery {
    if (!DIRECTIONS.contains(direction)) {
      throw UserException.badInput(
          "The direction must be AB (found by A) or BA (found by B), but was '" + direction + "'.");
    }
    if (!(from <= to) || !(zFrom <= zTo)) {
      throw UserException.badInput(
          "A range of D or z must run from a smaller to a larger number, but was "
              + (from <= to ? zFrom + " to " + zTo : from + " to " + to)
              + ".");
    }
    if (offset < 0 || limit < 1) {
      throw UserException.badInput(
          "The offset must be at least 0 and the limit at least 1, but they were "
              + offset
              + " and "
              + limit
              + ".");
    }
  }

  /** What a page asks for before its reader has chosen anything. */
  public static InputQuery first(String direction) {
    return of(direction, -WIDEST, WIDEST, PAGE);
  }

  /** The first inputs over a range of D. */
  public static InputQuery of(String direction, double from, double to, int limit) {
    return new InputQuery(direction, from, to, -WIDEST, WIDEST, "", 0, limit);
  }
}
