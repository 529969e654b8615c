package io.modeldiff.web.service;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where long work stands. */
public enum Phase {
  PENDING,
  PILOT,
  ADAPTING,
  RUNNING,
  SCORING,
  PAUSED,
  DONE,
  CANCELLED,
  FAILED;

  /** The phase's word in the API and on pages. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing more will happen by itself. */
  public boolean isOver() {
    return this == DONE || this == CANCELLED || this == FAILED;
  }
}
