package io.modeldiff.core.lm;

/** How a model assigns probabilities to tokens. */
public enum ModelKind {
  /** Each token given those before it; can be sampled. */
  CAUSAL,
  /** Each token given all others, masked one at a time (pseudo-log-likelihood); can only score. */
  MASKED
}
