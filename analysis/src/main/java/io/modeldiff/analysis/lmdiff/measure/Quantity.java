package io.modeldiff.analysis.lmdiff.measure;

/**
 * What differs between the models at one token. Differences are model 2 − model 1: a positive rank
 * or surprisal difference means that model 1 predicts the token better, a positive probability
 * difference that model 2 does.
 */
public enum Quantity {
  /** rank₂ − rank₁. */
  RANK("rank_diff", "rank difference"),
  /** min(rank₂, clamp) − min(rank₁, clamp). */
  CLAMPED_RANK("clamped_rank_diff", "clamped rank difference"),
  /** p₂ − p₁ of the actual token. */
  PROB("prob_diff", "probability difference"),
  /** Number of model 1's top-k tokens that are not among model 2's. */
  TOPK("topk_diff", "top-k tokens not shared"),
  /** −ln p₂ + ln p₁ of the actual token, in nats. */
  SURPRISAL("surprisal_diff", "surprisal difference (nats)"),
  /** KL(m1‖m2) of the predictive distributions, in nats. */
  KL_12("kl_m1_m2", "KL(m1‖m2) (nats)"),
  /** KL(m2‖m1), in nats. */
  KL_21("kl_m2_m1", "KL(m2‖m1) (nats)"),
  /** Jensen–Shannon divergence, in nats, at most ln 2. */
  JS("js", "Jensen–Shannon divergence (nats)"),
  /** Entropy of model 2's predictive distribution minus model 1's, in nats. */
  ENTROPY("entropy_diff", "entropy difference (nats)");

  private final String id;
  private final String title;

  Quantity(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** Name in files and the API. */
  public String id() {
    return id;
  }

  /** Name for people. */
  public String title() {
    return title;
  }

  /** Whether it needs both full distributions and so cannot be had from two caches alone. */
  public boolean needsDistributions() {
    return this == KL_12 || this == KL_21 || this == JS || this == ENTROPY;
  }
}
