package io.modeldiff.core.annotation;

import io.modeldiff.core.serialization.CborSerializable;
import java.time.Instant;

/**
 * One person's hold on an item.
 *
 * @param until when it ends unless it is renewed; the place is free to others from then on
 */
public record Lease(String by, Instant until) implements CborSerializable {
  /** Whether it holds at a time. */
  public boolean live(Instant now) {
    return now.isBefore(until);
  }
}
