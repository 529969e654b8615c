package io.modeldiff.web.corpus;

import io.modeldiff.analysis.lmdiff.cache.ScoringRules;
import io.modeldiff.core.error.UserException;

/**
 * Which two models are compared over a corpus, and how.
 *
 * @param a model 1
 * @param b model 2
 * @param clamp ranks beyond this are treated alike
 * @param compat score as the original tool does where it differs
 * @param divergences also compare the full predictive distributions
 */
public record Pairing(String a, String b, int clamp, boolean compat, boolean divergences) {
  public Pairing {
    if (clamp < 1) {
      throw UserException.badInput("The clamp rank must be at least 1, but was " + clamp + ".");
    }
  }

  /** How the texts are scored. */
  ScoringRules rules() {
    return compat ? ScoringRules.COMPAT : ScoringRules.STANDARD;
  }
}
