package io.modeldiff.web.api;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.stream.Materializer;

/** How large a request's body may be, in both APIs. */
public final class BodyLimit {
  public static final long BYTES = 4L << 20;
  private static final long MOST_DISCARDED = 64L << 20;

  private BodyLimit() {}

  /** Whether a body says by its length that it is too large. */
  public static boolean isExceeded(RequestEntity body) {
    return body.getContentLengthOption().orElse(0) > BYTES;
  }

  /**
   * Reads a body to its end: a client that is still sending when it is answered may find its
   * connection closed instead of the answer.
   */
  public static CompletionStage<Done> drained(RequestEntity body, Materializer materializer) {
    return body.withSizeLimit(MOST_DISCARDED).discardBytes(materializer).completionStage();
  }
}
