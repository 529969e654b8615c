package io.modeldiff.replica.campaign;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a campaign is in its life. */
public enum CampaignStatus {
  /** Never started. */
  @JsonProperty("unknown")
  UNKNOWN,
  /** Samples, or waits in the queue to do so. */
  @JsonProperty("running")
  RUNNING,
  /** Somebody paused it. */
  @JsonProperty("paused")
  PAUSED,
  /** Cannot go on until somebody acts. */
  @JsonProperty("failed")
  FAILED,
  /** Somebody gave it up. */
  @JsonProperty("cancelled")
  CANCELLED,
  /** A stopping criterion was met. */
  @JsonProperty("completed")
  COMPLETED;

  /** The word shown to people and written in JSON. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
