package io.modeldiff.replica.round;

/** How the first sequences of a campaign are drawn. */
public enum StartState {
  /** Token by token from the tempered conditionals at each lane's own β: close to equilibrium. */
  ANCESTRAL,
  /** Uniformly random tokens, as in the paper. */
  RANDOM
}
