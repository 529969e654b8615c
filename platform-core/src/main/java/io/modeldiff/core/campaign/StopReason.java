package io.modeldiff.core.campaign;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which criterion ended a campaign. */
public enum StopReason {
  /** The target relative error was reached. */
  @JsonProperty("target-error")
  TARGET_ERROR,
  /** The evaluations were used up. */
  @JsonProperty("budget")
  BUDGET,
  /** More rounds no longer improved anything. */
  @JsonProperty("no-progress")
  NO_PROGRESS
}
