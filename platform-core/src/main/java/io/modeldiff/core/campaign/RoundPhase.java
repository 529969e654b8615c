package io.modeldiff.core.campaign;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a round is for. Only {@link #SAMPLING} rounds ever enter an estimate. */
public enum RoundPhase {
  /** The ladder is still being moved. */
  @JsonProperty("adaptation")
  ADAPTATION,
  /** The ladder is frozen, the chains are forgetting where they began. */
  @JsonProperty("burn-in")
  BURN_IN,
  /** Kept samples. */
  @JsonProperty("sampling")
  SAMPLING
}
