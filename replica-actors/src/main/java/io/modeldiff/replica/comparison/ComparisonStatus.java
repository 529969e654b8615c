package io.modeldiff.replica.comparison;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a comparison is in its life. */
public enum ComparisonStatus {
  /** Never started. */
  @JsonProperty("unknown")
  UNKNOWN,
  /** Waits for rounds, or scores them. */
  @JsonProperty("running")
  RUNNING,
  /** Cannot go on until somebody acts. */
  @JsonProperty("failed")
  FAILED,
  /** Everything that counts is scored. */
  @JsonProperty("completed")
  COMPLETED;

  /** The word shown to people and written in JSON. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
