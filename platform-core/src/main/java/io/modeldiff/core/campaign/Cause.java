package io.modeldiff.core.campaign;

import io.modeldiff.core.serialization.CborSerializable;
import java.time.Instant;
import java.util.UUID;

/**
 * Who asked for a change, why and when, and the request id that makes the change happen at most
 * once.
 *
 * @param who user name, or {@code local} in single-user mode
 * @param why reason in words, possibly empty
 * @param at when it was asked for
 * @param requestId the same id asks for the same change, however often it is sent
 */
public record Cause(String who, String why, Instant at, String requestId)
    implements CborSerializable {
  /** A new request, now, with an id of its own. */
  public static Cause now(String who, String why) {
    return new Cause(who, why, Instant.now(), UUID.randomUUID().toString());
  }
}
