package io.modeldiff.core.annotation;

import io.modeldiff.core.error.UserException;
import io.modeldiff.core.serialization.CborSerializable;
import java.util.List;

/**
 * What a project asks of whom.
 *
 * @param name what people call it
 * @param comparison id of the comparison whose inputs are judged
 * @param terms the terms that are of interest
 * @param lambda λ of the terms, nats per token, at least 0
 * @param strata bins of D; within each, inputs are drawn by weight
 * @param perBin draws per stratum at first
 * @param steps scores are k/steps for k = 0..steps; 1 means good or bad
 * @param overlap people per item
 * @param blind whether annotators are kept from model names, D and others' answers
 * @param seed of the draws and of the order of the items
 * @param leaseSeconds how long an item stays with a person who is not heard of
 */
public record AnnotationDesign(
    String name,
    String comparison,
    List<Term> terms,
    double lambda,
    List<DesignStratum> strata,
    int perBin,
    int steps,
    int overlap,
    boolean blind,
    long seed,
    int leaseSeconds)
    implements CborSerializable {
  /** The finest scale: twenty steps of 0.05. */
  public static final int MOST_STEPS = 20;

  private static final int MOST_PEOPLE = 20;
  private static final int LONGEST_LEASE = 86_400;

  public AnnotationDesign {
    terms = List.copyOf(terms);
    strata = List.copyOf(strata);
    require(!name.isBlank() && name.length() <= 200, "name", "1 to 200 characters", name);
    require(!terms.isEmpty(), "terms", "at least one of the four terms", terms);
    require(lambda >= 0 && Double.isFinite(lambda), "lambda", "0 or more nats per token", lambda);
    require(perBin >= 1 && perBin <= 10_000, "perBin", "1 to 10,000", perBin);
    require(steps >= 1 && steps <= MOST_STEPS, "steps", "1 to " + MOST_STEPS, steps);
    require(overlap >= 1 && overlap <= MOST_PEOPLE, "overlap", "1 to " + MOST_PEOPLE, overlap);
    require(
        leaseSeconds >= 1 && leaseSeconds <= LONGEST_LEASE,
        "leaseSeconds",
        "1 to " + LONGEST_LEASE,
        leaseSeconds);
  }

  private static void require(boolean holds, String field, String expected, Object was) {
    if (!holds) {
      throw UserException.badInput(
          "The field '" + field + "' of a project must be " + expected + ", but was " + was + ".");
    }
  }

  /** Whether the scale has this score. */
  public boolean allows(double score) {
    double step = score * steps;
    return step >= 0 && step <= steps && Math.abs(step - Math.rint(step)) < 1e-9;
  }

  /** The scale in words. */
  public String scaleWords() {
    return steps == 1
        ? "0 (bad), 1 (good) or cannot judge"
        : "0 to 1 in steps of 1/" + steps + ", or cannot judge";
  }
}
