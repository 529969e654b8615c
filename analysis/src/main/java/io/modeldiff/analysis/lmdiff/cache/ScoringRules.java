package io.modeldiff.analysis.lmdiff.cache;

/**
 * How texts are scored.
 *
 * @param compat reproduce the original tool where it differs: the last token of a text is not
 *     masked, a causal text starts with id 0 when tokenizer and model disagree in size, texts over
 *     the context are faults
 * @param stride how far windows over long texts advance, in tokens; 0 = half the context
 */
public record ScoringRules(boolean compat, int stride) {
  /** Every token scored as it should be. */
  public static final ScoringRules STANDARD = new ScoringRules(false, 0);

  /** As the original tool scores. */
  public static final ScoringRules COMPAT = new ScoringRules(true, 0);

  /** Name that tells apart caches made by different rules. */
  public String id() {
    return (compat ? "compat" : "standard") + (stride > 0 ? "-stride" + stride : "");
  }
}
